# Prints one line for each capability: NAME TAB yes|no TAB DETAIL TAB REMEDY. Arguments: names to restrict it to, none for all.
# Says yes only to what worked, as the id that would own a world. namespace.sh comes before it; APPARMOR_PROFILE
# has the profile of its helper.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
wanted=" $* "
want() { [[ $wanted == '  ' || $wanted == *" $1 "* ]]; }
line() { want "$1" && printf '%s\t%s\t%s\t%s\n' "$1" "$2" "${3//[$'\t\n']/ }" "$4"; }
sudo=sudo
((EUID == 0)) && sudo=
container=
[[ -e /.dockerenv || -e /run/.containerenv ]] && container=yes
like=" $(source /etc/os-release 2>/dev/null && echo "${ID:-} ${ID_LIKE:-}") "
manager=
for tool in apt-get dnf pacman zypper; do
  case $tool:$like in
    apt-get:*' debian '* | apt-get:*' ubuntu '* | dnf:*' fedora '* | dnf:*' rhel '* | pacman:*' arch '* | zypper:*suse*) manager=$tool && break ;;
  esac
  [[ $manager ]] || ! type -P "$tool" >/dev/null || manager=$tool
done

# named PACKAGE…: what this system's manager calls packages that have these names on Debian. setup/packages has all of the table.
named() {
  local package
  for package; do
    case $manager:$package in
      dnf:iproute2) package=iproute ;;
      dnf:iptables) package=iptables-nft ;;
      dnf:uidmap) package=shadow-utils ;;
      pacman:uidmap | zypper:uidmap) package=shadow ;;
      dnf:busybox-static | pacman:busybox-static) package=busybox ;;
      dnf:docker.io) package=moby-engine ;;
      pacman:docker* | zypper:docker*) package=docker ;;
      apt-get:docker-cli) apt-cache show docker-cli >/dev/null 2>&1 || package=docker.io ;;
      dnf:conntrack | pacman:conntrack | zypper:conntrack) package=conntrack-tools ;;
      dnf:iputils-ping | pacman:iputils-ping | zypper:iputils-ping) package=iputils ;;
      dnf:dnsmasq-base | pacman:dnsmasq-base | zypper:dnsmasq-base) package=dnsmasq ;;
      dnf:perl-base) package='perl-interpreter perl-Socket' ;;
      pacman:perl-base) package=perl ;;
      dnf:procps | pacman:procps) package=procps-ng ;;
      zypper:man-db) package=man ;;
      dnf:vim-tiny) package=vim-minimal ;;
      pacman:vim-tiny) package=vi ;;
      zypper:vim-tiny) package=vim-small ;;
      dnf:bind9-dnsutils | zypper:bind9-dnsutils) package=bind-utils ;;
      pacman:bind9-dnsutils) package=bind ;;
    esac
    printf '%s\n' $package
  done | sort -u | tr '\n' ' '
}

# install PACKAGE…: the command that installs packages of these names on Debian.
install() {
  local names
  names=$(named "$@")
  case $manager in
    apt-get) names="apt-get install -y --no-install-recommends $names" ;;
    dnf) names="dnf install -y --setopt=install_weak_deps=False $names" ;;
    pacman) names="pacman -Syu --needed --noconfirm $names" ;;
    zypper) names="zypper --non-interactive install --no-recommends $names" ;;
    *) return ;;
  esac
  printf '%s' "${sudo:+$sudo }${names% }"
}

tool() { # NAME PROGRAM PACKAGE
  want "$1" || return
  local path
  path=$(type -P "$2") && line "$1" yes "$path" '' || line "$1" no "$2 is not installed" "$(install "$3")"
}
tool ip ip iproute2
tool brctl brctl bridge-utils
tool nft nft nftables
tool conntrack conntrack conntrack
tool tcpdump tcpdump tcpdump
tool ping ping iputils-ping
tool dnsmasq dnsmasq dnsmasq-base
tool busybox busybox busybox-static
tool newuidmap newuidmap uidmap
tool keyctl keyctl keyutils
tool ps ps procps
tool tmux tmux tmux
# What no lab needs, and whoever knows a machine looks for.
tool man man man-db
tool vi vi vim-tiny
tool nano nano nano
tool dig dig bind9-dnsutils
tool traceroute traceroute traceroute

# loading MODULE…: fills "remedy" with what loads these modules, or "more" with why nothing does.
loading() {
  local release module
  remedy= more=
  if [[ $container ]]; then
    more="; the machine that runs this container would have to load it: modprobe $*"
    return
  fi
  release=$(uname -r)
  for module; do
    grep -qsE "/${module//_/[-_]}\.ko" "/lib/modules/$release/modules.dep" "/lib/modules/$release/modules.builtin" && continue
    more="; this kernel was built without $module, or its modules are not installed"
    case $manager:$release in
      apt-get:*-cloud-*) more+=' (Debian: the package linux-image-ARCH instead of linux-image-cloud-ARCH, then a restart)' ;;
      dnf:*) remedy="${sudo:+$sudo }dnf install -y kernel-modules-extra" ;;
    esac
    return
  done
  if (($# > 1)); then remedy="${sudo:+$sudo }modprobe -a $*"; else remedy="${sudo:+$sudo }modprobe $1"; fi
}

# in_world: what a namespace like a world's can do; a missing feature's remedy is "modprobe" and the modules.
in_world() {
  say() { printf '%s\t%s\t%s\t%s\n' "$1" "$2" "${3//[$'\t\n']/ }" "$4"; }
  said=$(ip link set lo up 2>&1) && say netns yes 'network namespaces can be made' '' || say netns no "$said" ''
  # As labhost.sh mounts them, in a user namespace below.
  sysfs=rw
  while read -r _ _ _ _ place options _; do [[ $place == /sys && ,$options, == *,ro,* ]] && sysfs=ro; done </proc/self/mountinfo
  said=$(unshare --user --map-root-user --net --mount --pid --fork --kill-child bash -c 'mkdir /run/{proc,sys} && mount -t proc proc /run/proc && LIBMOUNT_FORCE_MOUNT2=always mount -t sysfs -o "$0" sysfs /run/sys' $sysfs 2>&1) &&
    say proc yes 'proc and sysfs can be mounted' '' || say proc no "$said" ''
  link() { # NAME ARGUMENTS...
    local name=$1
    shift
    if said=$(ip link add probe0 "$@" 2>&1); then
      ip link del probe0
      say "$name" yes 'the kernel makes such a link' ''
    else
      say "$name" no "ip link add: $said" "modprobe $module"
    fi
  }
  module=veth link veth type veth peer name probe1
  module=bridge link bridge type bridge
  ip link add lower type veth peer name lower1 && ip link set lower up
  module=macvlan link macvlan link lower type macvlan mode bridge
  module=ipvlan link ipvlan link lower type ipvlan mode l2
  module=vxlan link vxlan type vxlan id 7 dev lower dstport 4789
  module=dummy link dummy type dummy
  module=8021q link vlan link lower type vlan id 7
  module=wireguard link wireguard type wireguard
  said=$(ip tuntap add dev probe0 mode tap 2>&1) && say tun yes '/dev/net/tun works' '' || say tun no "$said" 'modprobe tun'
  said=$(tc qdisc add dev lower root netem delay 1ms 2>&1) && say netem yes 'tc delays packets' '' || say netem no "$said" 'modprobe sch_netem'
  if ! type -P iptables-nft >/dev/null; then
    say iptables no 'iptables-nft is not installed' 'install iptables'
  else
    said=$(iptables-nft -t nat -A POSTROUTING -j MASQUERADE 2>&1 && iptables-nft -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT 2>&1) &&
      say iptables yes 'nf_tables, with NAT and connection tracking' '' ||
      say iptables no "$said" 'modprobe nf_tables nft_compat nft_chain_nat xt_MASQUERADE xt_conntrack'
  fi
  said=$(iptables-legacy -t nat -A POSTROUTING -j MASQUERADE 2>&1) && say iptables-legacy yes 'the older tables work, too' '' ||
    say iptables-legacy no "$said" 'modprobe ip_tables iptable_filter iptable_nat'
  [[ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]] && say br_netfilter yes 'bridged packets can pass iptables' '' ||
    say br_netfilter no '/proc/sys/net/bridge is missing' 'modprobe br_netfilter'
  [[ -e /proc/net/ip_vs ]] && say ipvs yes '/proc/net/ip_vs is there' '' || say ipvs no '/proc/net/ip_vs is missing' 'modprobe ip_vs'
  mkdir -p /run/probe/{lower,upper,work,merged}
  said=$(mount -t overlay overlay -o lowerdir=/run/probe/lower,upperdir=/run/probe/upper,workdir=/run/probe/work,userxattr /run/probe/merged 2>&1) &&
    say overlay yes 'mounts in a user namespace' '' || say overlay no "$said" 'modprobe overlay'
}
KERNEL='netns proc veth bridge macvlan ipvlan vxlan dummy vlan wireguard tun netem iptables iptables-legacy br_netfilter ipvs overlay'

# As root the world belongs to an unprivileged id, see build.sh; so must the probe.
as=() user=
if ((EUID == 0)); then as=(setpriv --reuid 1879048192 --regid 1879048192 --clear-groups); fi
options='--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined --device /dev/net/tun'
knob() { [[ $(cat "/proc/sys/$1" 2>/dev/null) == "$2" ]]; }

# has_id ID: whether it is an id of this user namespace.
has_id() {
  local first count
  while read -r first _ count; do ((first <= $1 && $1 < first + count)) && return; done </proc/self/uid_map
  return 1
}

# profile_lines: the helper's profile, each line between quotes, without the comments.
profile_lines() {
  local profile_line
  while IFS= read -r profile_line; do
    [[ ! $profile_line || $profile_line == \#* ]] || printf "'%s' " "$profile_line"
  done <<<"$APPARMOR_PROFILE"
}

# refused SAID: fills "detail" and "remedy" for a namespace that cannot be made, or whose root has no capabilities.
refused() {
  detail=$1 remedy=
  if knob user/max_user_namespaces 0; then
    detail='user.max_user_namespaces is 0' remedy="${sudo:+$sudo }sysctl -w user.max_user_namespaces=15000"
  elif knob kernel/unprivileged_userns_clone 0; then
    detail='only root may make user namespaces (kernel.unprivileged_userns_clone is 0)' remedy="${sudo:+$sudo }sysctl -w kernel.unprivileged_userns_clone=1"
  elif root_of_less && [[ ! $1 ]]; then
    detail="root of this container may not enter what he makes: be an ordinary user in it, or start it with --cap-add SYS_ADMIN beside $options"
    return
  elif ((EUID == 0)) && ! has_id 1879048192; then
    detail='root has too few user ids here for a world of its own, as in a container of Podman without root'
    return
  elif [[ $container ]]; then
    detail="this container may not make them: it must be started with $options, or with --privileged"
    knob kernel/apparmor_restrict_unprivileged_userns 1 && detail+='; and AppArmor on the machine that runs it must let it, see docs/MACHINES.md'
    return
  elif knob kernel/apparmor_restrict_unprivileged_userns 1; then
    detail="AppArmor keeps capabilities from user namespaces of programs that have no profile; the remedy gives Drydock's own helper one"
    remedy="${sudo:+$sudo }install -D -m 755 /usr/bin/unshare /usr/lib/drydock/drydock-world && printf '%s\\n' $(profile_lines)| ${sudo:+$sudo }tee /etc/apparmor.d/drydock-world >/dev/null && ${sudo:+$sudo }apparmor_parser -r /etc/apparmor.d/drydock-world"
  fi
  [[ ! $container ]] || { detail+='; that is for the machine that runs this container'; remedy=; }
}

# mapped: whether a range of ids can be given to a namespace, as build.sh does it; else "said" has why.
mapped() {
  local line keeper go
  if ((EUID == 0)); then uids='0 1879048192 65536' gids=$uids; else own_ids; fi
  if [[ $uids == *' 1' ]]; then
    type -P newuidmap newgidmap >/dev/null || { said='newuidmap is not installed' remedy=$(install uidmap); return 1; }
    said="/etc/subuid or /etc/subgid has no range for $(id -un)"
    remedy="${sudo:+$sudo }usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
    return 1
  fi
  coproc KEEPER { exec "${as[@]}" "$make_namespace" --user --keep-caps bash -c 'echo +map; read -r' 2>&1; }
  keeper=$KEEPER_PID
  exec {go}>&"${KEEPER[1]}"
  read -r -u "${KEEPER[0]}" line
  if [[ $line != +map ]]; then
    said=$line
    return 1
  fi
  said=$(map_ids "$keeper" 2>&1) || line=
  exec {go}>&-
  kill "$keeper" 2>/dev/null
  [[ $line ]]
}

said= results= ranges=
if ! root_of_less && said=$(cd / && "${as[@]}" "$make_namespace" --user --map-root-user --mount --net true 2>&1); then
  line userns yes 'user namespaces can be made, with capabilities inside' ''
  mapped && ranges=yes
  [[ $ranges ]] && line subuid yes 'a world gets 65536 user ids' '' || line subuid no "$said" "$remedy"
  results=$(cd / && "${as[@]}" "$make_namespace" --user --map-root-user --net --mount --pid --fork --kill-child bash -c "$(declare -f in_world)"'
    mount -t tmpfs none /run; in_world' 2>/dev/null)
  while IFS=$'\t' read -r name present detail remedy; do
    more=
    case $name:$remedy in
      proc:*) [[ $present == yes ]] || more="${container:+; this container hides parts of /proc: it must be started with $options, or with --privileged}" ;;
      tun:modprobe*)
        loading tun
        [[ -e /dev/net/tun || $container ]] || remedy+='; mknod -m 666 /dev/net/tun c 10 200'
        [[ ! $container ]] || more='; the container must be started with --device /dev/net/tun' ;;
      *:modprobe\ *) loading ${remedy#modprobe } ;;
      *:install\ *) remedy=$(install ${remedy#install }) ;;
    esac
    [[ ! $more ]] || detail=${detail%.}$more
    line "$name" "$present" "$detail" "$remedy"
  done <<<"$results"
else
  refused "$said"
  line userns no "$detail" "$remedy"
  line subuid no 'not tried: it needs userns' ''
  for name in $KERNEL; do line "$name" no 'not tried: it needs userns' ''; done
fi
if want docker; then
  missing=() lacking=
  # Where Docker's own packages are, Debian's would take their place.
  if ! type -P dockerd >/dev/null; then missing+=(docker.io); fi
  if ! type -P docker >/dev/null; then
    if type -P dockerd >/dev/null && [[ $(dpkg-query -W -f '${db:Status-Status}' docker-ce 2>/dev/null) == installed ]]; then missing+=(docker-ce-cli); else missing+=(docker-cli); fi
  fi
  type -P iptables >/dev/null || missing+=(iptables)
  type -P busybox >/dev/null || missing+=(busybox-static)
  version=$(dockerd --version 2>/dev/null)
  # See engine.sh.
  if [[ $version =~ \ ([0-9]+)\. ]] && ((BASH_REMATCH[1] >= 28)) && ! perl -MSocket -e 1 2>/dev/null; then missing+=(perl-base); fi
  for need in bridge veth iptables overlay proc; do [[ $results == *"$need"$'\tyes'* ]] || lacking+=" $need"; done
  [[ $ranges ]] || lacking+=' subuid'
  if ((${#missing[@]})); then
    line docker no "not installed: $(named "${missing[@]}")" "$(install "${missing[@]}")"
  elif [[ ! $results ]]; then
    line docker no 'not tried: it needs userns' ''
  elif [[ $lacking ]]; then
    line docker no "the kernel or this account lacks:$lacking" ''
  elif [[ $(docker --version 2>/dev/null) == podman* ]]; then
    line docker no "the docker command here is podman's, and labs use Docker's own" ''
  else
    line docker yes "$version" ''
  fi
fi
exit 0
