# Prints one line for each capability: NAME TAB yes|no TAB DETAIL TAB REMEDY. Arguments: names to restrict it to, none for all.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
wanted=" $* "
want() { [[ $wanted == '  ' || $wanted == *" $1 "* ]]; }
line() { want "$1" && printf '%s\t%s\t%s\t%s\n' "$1" "$2" "${3//[$'\t\n']/ }" "$4"; }
export -f line want
export wanted

tool() { # NAME PROGRAM PACKAGE
  want "$1" || return
  local path
  path=$(type -P "$2") && line "$1" yes "$path" '' || line "$1" no "$2 is not installed" "apt-get install --no-install-recommends $3"
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

inside() {
  said=$(ip link set lo up 2>&1) && line netns yes 'network namespaces can be made' '' || line netns no "$said" ''
  link() { # NAME ARGUMENTS...
    local name=$1
    shift
    want "$name" || return
    if said=$(ip link add probe0 "$@" 2>&1); then
      ip link del probe0
      line "$name" yes 'the kernel makes such a link' ''
    else
      line "$name" no "ip link add: $said" "sudo modprobe $module"
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
  module=tun
  if want tun; then
    said=$(ip tuntap add dev probe0 mode tap 2>&1) && line tun yes '/dev/net/tun works' '' || line tun no "$said" 'sudo modprobe tun; sudo chmod 666 /dev/net/tun'
  fi
  if want netem; then
    said=$(tc qdisc add dev lower root netem delay 1ms 2>&1) && line netem yes 'tc delays packets' '' || line netem no "$said" 'sudo modprobe sch_netem'
  fi
  if want iptables; then
    said=$(iptables-nft -t nat -A POSTROUTING -j MASQUERADE 2>&1 && iptables-nft -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT 2>&1) &&
      line iptables yes 'nf_tables, with NAT and connection tracking' '' ||
      line iptables no "$said" 'sudo modprobe -a nf_tables nft_compat nft_chain_nat xt_MASQUERADE xt_conntrack'
  fi
  if want iptables-legacy; then
    said=$(iptables-legacy -t nat -A POSTROUTING -j MASQUERADE 2>&1) && line iptables-legacy yes 'the older tables work, too' '' ||
      line iptables-legacy no "$said" 'sudo modprobe -a ip_tables iptable_filter iptable_nat'
  fi
  if want br_netfilter; then
    [[ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]] && line br_netfilter yes 'bridged packets can pass iptables' '' ||
      line br_netfilter no '/proc/sys/net/bridge is missing' 'sudo modprobe br_netfilter'
  fi
  if want ipvs; then
    [[ -e /proc/net/ip_vs ]] && line ipvs yes '/proc/net/ip_vs is there' '' || line ipvs no '/proc/net/ip_vs is missing' 'sudo modprobe ip_vs'
  fi
  overlay=no
  mkdir -p /run/probe && mount -t tmpfs none /run/probe && mkdir /run/probe/{lower,upper,work,merged} &&
    said=$(mount -t overlay overlay -o lowerdir=/run/probe/lower,upperdir=/run/probe/upper,workdir=/run/probe/work,userxattr /run/probe/merged 2>&1) && overlay=yes
  [[ $overlay == yes ]] && line overlay yes 'mounts in a user namespace' '' || line overlay no "$said" 'sudo modprobe overlay'
}

if said=$(unshare --user --map-root-user true 2>&1); then
  line userns yes 'user namespaces can be made' ''
  mapped=$(unshare --user --map-root-user --map-auto true 2>&1) && mapped=yes
  # As root a range is mapped without asking /etc/subuid.
  ((EUID == 0)) && mapped=yes
  [[ $mapped == yes ]] && line subuid yes 'a world gets 65536 user ids' '' ||
    line subuid no "$mapped" "sudo apt-get install --no-install-recommends uidmap; sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $(id -un)"
  # As root the world belongs to an unprivileged id, see build.sh; so must the probe.
  as=()
  ((EUID == 0)) && as=(setpriv --reuid 1879048192 --regid 1879048192 --clear-groups)
  results=$(cd / && wanted='  ' "${as[@]}" unshare --user --map-root-user --net --mount --pid --fork --kill-child bash -c "$(declare -f inside line want)"'
    mount -t tmpfs none /run; inside' 2>/dev/null)
  while IFS=$'\t' read -r name present detail remedy; do line "$name" "$present" "$detail" "$remedy"; done <<<"$results"
else
  remedy=
  [[ $(cat /proc/sys/kernel/unprivileged_userns_clone 2>/dev/null) == 0 ]] && remedy='sudo sysctl -w kernel.unprivileged_userns_clone=1'
  [[ $(cat /proc/sys/kernel/apparmor_restrict_unprivileged_userns 2>/dev/null) == 1 ]] && remedy='sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'
  [[ $(cat /proc/sys/user/max_user_namespaces 2>/dev/null) == 0 ]] && remedy='sudo sysctl -w user.max_user_namespaces=15000'
  line userns no "$said" "$remedy"
  results= mapped=
fi
if want docker; then
  missing=()
  type -P dockerd >/dev/null && type -P docker >/dev/null || missing+=(docker.io)
  type -P iptables >/dev/null || missing+=(iptables)
  type -P busybox >/dev/null || missing+=(busybox-static)
  lacking=
  for need in bridge veth iptables overlay; do [[ $results == *"$need"$'\tyes'* ]] || lacking+=" $need"; done
  [[ $mapped == yes ]] || lacking+=' subuid'
  if ((${#missing[@]})); then
    line docker no "not installed: ${missing[*]}" "apt-get install --no-install-recommends ${missing[*]}"
  elif [[ $lacking ]]; then
    line docker no "the kernel or this account lacks:$lacking" ''
  else
    line docker yes "$(dockerd --version 2>/dev/null)" ''
  fi
fi
exit 0
