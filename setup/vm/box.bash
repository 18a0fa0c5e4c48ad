# Sourced by setup/vm/prove: builds the box that the proof boots, from the Debian archive that this machine's own apt uses.
# A box of Debian 12 with all packages of a lab and nothing of Drydock, for libvirt, that boots by software emulation. Sets only functions.

# box_packages: what the box holds beyond Debian's required packages: what a machine needs to boot and be reached, then what a lab needs.
box_packages() {
  printf '%s\n' systemd systemd-sysv dbus udev kmod initramfs-tools linux-image-cloud-amd64 openssh-server sudo rsync apparmor ca-certificates
  local kind command package why
  while read -r kind command package why; do
    # Drydock needs a Java runtime; the compiler is for whoever builds it.
    [[ $kind == run ]] && printf '%s\n' "${package/%-jdk-headless/-jre-headless}"
  done <"$drydock_root/setup/packages" | sort -u
}

# box_digest: tells apart boxes that hold different things.
box_digest() {
  { cat "$drydock_root/setup/vm/box.bash" && box_packages && dpkg --print-architecture; } | sha256sum | cut -c1-16
}

# debian_sources: one "deb" line for each suite of Debian 12 that this machine's apt knows.
debian_sources() {
  local codename
  for codename in bookworm bookworm-updates bookworm-security; do
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' "Codename: $codename"
  done | sort -u
}

# build_box FOLDER: leaves FOLDER/box (a Vagrant box, packed) there, or nothing.
build_box() {
  local folder=$1 work sources proxy
  work=$folder/work
  sources=$(debian_sources)
  if [[ -z $sources ]]; then
    apt-get update
    sources=$(debian_sources)
  fi
  if [[ -z $sources ]]; then
    say "This machine's apt knows no package list of Debian 12 (bookworm), which the box is made from."
    return 3
  fi
  rm -rf "$folder" && mkdir -p "$work" || return
  proxy=$(apt-config dump --format '%v' Acquire::http::Proxy)
  box_packages >"$work/packages"
  # Services of the packages stay off while they are installed; mmdebstrap sees to that.
  mmdebstrap --verbose --variant=minbase --mode=root --format=directory \
    ${proxy:+--aptopt="Acquire::http::Proxy \"$proxy\""} --aptopt='Acquire::Languages "none"' \
    --include="$(paste -sd, "$work/packages")" \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --essential-hook='mkdir -p "$1/etc/initramfs-tools/conf.d" && echo MODULES=list >"$1/etc/initramfs-tools/conf.d/box"' \
    --essential-hook='printf "%s\n" virtio_pci virtio_blk ext4 >"$1/etc/initramfs-tools/modules"' \
    bookworm "$work/root" - <<<"$sources" || return
  furnish_box "$work/root" || return
  cp "$work"/root/boot/vmlinuz-* "$work/vmlinuz" && cp "$work"/root/boot/initrd.img-* "$work/initrd" || return
  # A file system on the whole disk, made from the tree: no loop device, no mount, no boot loader. QEMU starts the kernel itself.
  truncate -s 8G "$work/disk" &&
    mke2fs -q -t ext4 -L root -d "$work/root" "$work/disk" &&
    qemu-img convert -f raw -O qcow2 "$work/disk" "$work/box.img" || return
  printf '{"provider": "libvirt", "format": "qcow2", "virtual_size": 8}\n' >"$work/metadata.json"
  box_vagrantfile >"$work/Vagrantfile"
  tar -C "$work" -I "gzip -1" -cf "$folder/box.new" metadata.json Vagrantfile box.img vmlinuz initrd || return
  rm -rf "$work"
  mv "$folder/box.new" "$folder/box"
}

# furnish_box TREE: what every box of Vagrant's has: the user "vagrant" with Vagrant's public key and sudo, an address by DHCP.
furnish_box() {
  local root=$1 key
  key=$(find /usr/share /opt/vagrant -name vagrant.pub -path '*keys*' -print -quit 2>/dev/null)
  [[ -n $key ]] || { say "Vagrant's public key (keys/vagrant.pub) is not on this machine."; return 3; }
  chroot "$root" useradd --create-home --shell /bin/bash vagrant &&
    install -d -m 700 "$root/home/vagrant/.ssh" && install -m 600 "$key" "$root/home/vagrant/.ssh/authorized_keys" &&
    chroot "$root" chown -R vagrant:vagrant /home/vagrant/.ssh || return
  printf 'vagrant ALL=(ALL) NOPASSWD: ALL\n' >"$root/etc/sudoers.d/vagrant" && chmod 440 "$root/etc/sudoers.d/vagrant" || return
  printf '[Match]\nName=eth0\n[Network]\nDHCP=ipv4\n' >"$root/etc/systemd/network/eth0.network"
  printf 'LABEL=root / ext4 defaults 0 1\n' >"$root/etc/fstab"
  printf 'debian\n' >"$root/etc/hostname"
  printf '127.0.0.1 localhost\n127.0.1.1 debian\n' >"$root/etc/hosts"
  printf '# This machine has no name server.\n' >"$root/etc/resolv.conf"
  printf 'UseDNS no\n' >"$root/etc/ssh/sshd_config.d/box.conf"
  : >"$root/etc/machine-id"
  # Debian's own box has neither Docker nor nginx; the provisioner decides about them. AppArmor's profiles take long to load.
  chroot "$root" systemctl --quiet enable systemd-networkd.service ssh.service &&
    chroot "$root" systemctl --quiet mask apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer dpkg-db-backup.timer e2scrub_reap.service &&
    chroot "$root" systemctl --quiet disable docker.service docker.socket containerd.service nginx.service apparmor.service
}

# box_vagrantfile: what is true of this box wherever it runs; the project's Vagrantfile is read after it.
box_vagrantfile() {
  cat <<'END'
Vagrant.configure("2") do |config|
  config.vm.boot_timeout = 600
  config.ssh.insert_key = false
  config.vm.provider :libvirt do |machine|
    machine.driver = "qemu"
    machine.cpu_mode = "custom"
    machine.cpu_model = "Nehalem"
    machine.kernel = File.join(__dir__, "vmlinuz")
    machine.initrd = File.join(__dir__, "initrd")
    machine.cmd_line = "root=/dev/vda rw net.ifnames=0 console=ttyS0 quiet mitigations=off"
    machine.graphics_type = "none"
    machine.disk_driver :cache => "unsafe"
    machine.random :model => "random"
  end
end
END
}
