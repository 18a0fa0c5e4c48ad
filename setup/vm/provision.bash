#!/usr/bin/env bash
# Run as root in the machine that the Vagrantfile makes, at its first `vagrant up` and at every `vagrant provision`.
# Looks at each thing before it changes it, so that a second run changes nothing; needs the Internet only for packages that are missing.
set -euo pipefail
sources=/vagrant
copy=/var/lib/drydock-machine/sources
person=vagrant
changes=0

# changed TEXT…: tells of one thing that is different now.
changed() {
  changes=$((changes + 1))
  printf 'drydock: %s\n' "$*"
}

# put FILE MODE: FILE's content becomes standard input, owned by root; nothing happens where it is so already.
put() {
  local content
  content=$(cat)
  if [[ -f $1 && $(<"$1") == "$content" && $(stat -c '%a %u %g' "$1") == "$2 0 0" ]]; then return; fi
  mkdir -p "$(dirname "$1")"
  printf '%s\n' "$content" >"$1.new"
  chown 0:0 "$1.new" && chmod "$2" "$1.new" && mv "$1.new" "$1"
  changed "wrote $1"
}

# The kernel's modules that labs use and that only root can load. What an ordinary user's namespace loads by itself (bridge, veth) is
# named too, so that nothing is loaded in the middle of a lab.
modules() {
  put /etc/modules-load.d/drydock.conf 644 <<'END'
# What Drydock's labs need of the kernel; written by setup/vm/provision.bash.
overlay
tun
bridge
br_netfilter
veth
dummy
macvlan
ipvlan
vxlan
8021q
vrf
wireguard
sch_netem
nf_tables
nft_compat
nf_conntrack
nf_conntrack_netlink
nf_log_syslog
iptable_filter
iptable_nat
iptable_mangle
iptable_raw
ip_vs
ip_vs_rr
ip_vs_wrr
ip_vs_sh
END
  # Some bring an interface of their own, which nobody asked for.
  put /etc/modprobe.d/drydock.conf 644 <<'END'
options dummy numdummies=0
options ifb numifbs=0
END
  local module missing=()
  while read -r module; do
    [[ -z $module || $module == '#'* || -d /sys/module/$module ]] && continue
    if modprobe "$module"; then changed "loaded the kernel module $module"; else missing+=("$module"); fi
  done </etc/modules-load.d/drydock.conf
  if ((${#missing[@]})); then
    printf 'drydock: this kernel (%s) has no module %s; labs that need it will say so\n' "$(uname -r)" "${missing[*]}" >&2
  fi
}

# package: Drydock and all that a lab needs, from dist/ of the project's folder, or built from its sources.
package() {
  local file digest remembered=/var/lib/drydock-machine/installed
  file=$(newest_package "$sources")
  if [[ -n $file ]]; then digest=$(sha256sum <"$file" | cut -d' ' -f1); else digest=$(digest_of_sources); fi
  if [[ -f $remembered && $(<"$remembered") == "$digest" ]] && dpkg-query -W -f '${Status}' drydock 2>/dev/null | grep -q ' installed$'; then
    return
  fi
  if [[ -z $file ]]; then
    build_package
    file=$(newest_package "$copy")
  fi
  install_file "$file"
  changed "installed $(basename "$file")"
  put "$remembered" 644 <<<"$digest"
}

# build_package: in a copy of the project's folder, which `vagrant rsync` leaves alone; the tools to build with stay on the machine.
build_package() {
  printf 'drydock: there is no package in dist/ of the project, so it is built here; this takes some minutes …\n'
  mkdir -p "$copy"
  cp -a "$sources/." "$copy/"
  if ! HOME=/root "$copy/package" </dev/null >/var/log/drydock-build.log 2>&1; then
    tail -n 15 /var/log/drydock-build.log >&2
    printf 'drydock: the package could not be built; all of the output is in /var/log/drydock-build.log. Build it outside, with ./package\n' >&2
    exit 3
  fi
}

# digest_of_sources: of all that a package is built from.
digest_of_sources() {
  (cd "$sources" && find pom.xml package deb verify engine shell labs setup/*.bash setup/packages -type f ! -path '*/target/*' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

# newest_package FOLDER: the package in its dist/, or nothing.
newest_package() { find "$1/dist" -maxdepth 1 -name 'drydock_*_all.deb' -printf '%T@ %p\n' 2>/dev/null | sort -n | tail -n 1 | cut -d' ' -f2-; }

# install_file DEB: with its dependencies, from what is on the machine where that suffices. No service starts meanwhile.
install_file() {
  local policy=/usr/sbin/policy-rc.d log=/var/log/drydock-install.log made_policy=no status=0
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && made_policy=yes
  fi
  export DEBIAN_FRONTEND=noninteractive
  local install=(apt-get install -y --no-install-recommends --reinstall --allow-downgrades "$1")
  if ! "${install[@]}" </dev/null >"$log" 2>&1; then
    printf 'drydock: fetching the packages that Drydock needs …\n'
    { apt-get update && "${install[@]}"; } </dev/null >"$log" 2>&1 || status=$?
  fi
  if [[ $made_policy == yes ]]; then rm -f "$policy"; fi
  if ((status != 0)); then
    tail -n 15 "$log" >&2
    printf 'drydock: apt-get could not install %s; the end of its output is above, all of it is in %s\n' "$1" "$log" >&2
    exit 3
  fi
}

# services: `lab start --world machine` uses the machine's own Docker Engine; its nginx would only stand in the way of port 80.
services() {
  if [[ $(systemctl is-enabled nginx.service 2>/dev/null) == enabled ]] || systemctl --quiet is-active nginx.service; then
    systemctl --quiet disable --now nginx.service
    changed 'turned nginx off; labs run their own'
  fi
  if ! systemctl --quiet is-enabled docker.service || ! systemctl --quiet is-active docker.service; then
    systemctl --quiet enable --now docker.service
    changed 'turned the Docker Engine on'
  fi
}

# account: what the person who logs in needs for a sandbox with Docker, and for the machine's own Docker Engine.
account() {
  local file option start
  for file in /etc/subuid /etc/subgid; do
    grep -q "^$person:" "$file" 2>/dev/null && continue
    option=--add-${file#/etc/}s
    # After every range that is given away.
    start=$(awk -F: '{ end = $2 + $3; if (end > most) most = end } END { print (most > 100000 ? most : 100000) }' "$file" 2>/dev/null || echo 100000)
    usermod "$option" "$start-$((start + 65535))" "$person"
    changed "gave $person 65,536 subordinate ids in $file"
  done
  if getent group docker >/dev/null && [[ " $(id -nG "$person") " != *' docker '* ]]; then
    usermod --append --groups docker "$person"
    changed "put $person into the group docker"
  fi
}

# mark: tells Drydock that this machine is there to be changed (`lab start --world machine`). A copy of the file on another machine counts for nothing.
mark() { put /etc/drydock/machine-world 644 </etc/machine-id; }

greeting() {
  put /etc/motd.d/drydock 644 <<'END'

Drydock: learn container networking on a real kernel.
  lab list                   the labs, and where you stand
  lab start bridge-basics    begins one
END
}

if ((EUID != 0)); then
  printf 'drydock: this is run as root, by `vagrant provision`\n' >&2
  exit 2
fi
package
modules
services
account
mark
greeting
if ((changes)); then
  printf 'drydock: ready; %d changes. Next: vagrant ssh -c "lab start bridge-basics"\n' "$changes"
else
  printf 'drydock: ready; nothing had to be changed\n'
fi
