# Sourced by setup/vm/prove in namespaces of its own (network, mounts, processes): a libvirtd whose bridges, name server, address translation,
# volumes and settings are seen by nobody else and end with the namespaces. Sets only functions.

# isolate SCRATCH: puts folders of SCRATCH where libvirt keeps its things, and starts libvirtd.
isolate() {
  local scratch=$1 folder
  mount --make-rprivate /
  mount -t sysfs sysfs /sys
  mount -t tmpfs tmpfs /run
  mkdir -p /run/libvirt /run/lock
  for folder in /etc/libvirt /var/lib/libvirt /var/cache/libvirt /var/log/libvirt; do
    [[ -d $folder ]] || continue
    mkdir -p "$scratch/libvirt$folder"
    mount --bind "$scratch/libvirt$folder" "$folder"
  done
  # vagrant-libvirt asks for the pool "default" and makes it where libvirt keeps images.
  mkdir -p /var/lib/libvirt/images /var/lib/libvirt/dnsmasq
  ip link set lo up
  cat >/etc/libvirt/qemu.conf <<'END'
user = "root"
group = "root"
dynamic_ownership = 0
remember_owner = 0
security_driver = "none"
cgroup_controllers = []
namespaces = []
stdio_handler = "file"
END
  printf 'auth_unix_rw = "none"\nauth_unix_ro = "none"\n' >/etc/libvirt/libvirtd.conf
  libvirtd >"$scratch/log/libvirtd" 2>&1 </dev/null &
  local tries
  for ((tries = 0; tries < 150; tries++)); do
    virsh -q -c qemu:///system list >/dev/null 2>&1 && return
    sleep 0.2
  done
  tail -n 10 "$scratch/log/libvirtd" >&2
  say "libvirtd did not start."
  return 3
}
