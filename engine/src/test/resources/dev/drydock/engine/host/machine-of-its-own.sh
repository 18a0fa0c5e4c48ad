# Becomes a machine: namespaces with a network, files, mounts and control groups of its own, behind a cable to an "outside" that owns its
# gateway. Runs in `unshare --net --mount --pid --uts --fork --kill-child`. Arguments: SCRIPTS WORK CASE ARGUMENTS...; SCRIPTS is all of
# machine.sh, WORK an empty folder.
scripts=$1 work=$2 case=$3
shift 3
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
mount -t sysfs sysfs /sys && mount -t proc proc /proc || exit 70
mount -t tmpfs tmpfs "$work" && mkdir "$work"/{etc,etcwork,lib,libwork} || exit 70
cp "$scripts" "$work/machine.sh"
mount -t tmpfs tmpfs /run && mkdir /run/netns && cp "$work/machine.sh" /run/machine.sh
ip netns add outside
ip link set lo up
ip link add eth0 type veth peer name far netns outside
ip -n outside link set far up
ip -n outside addr add 10.0.2.2/24 dev far
ip link set eth0 up
ip addr add 10.0.2.15/24 brd + dev eth0
ip route add default via 10.0.2.2 proto dhcp src 10.0.2.15 metric 100

# An IPv6 address stands a moment after its link, unless nothing is at the other end.
settled() {
  local tries
  for ((tries = 0; tries < 30; tries++)); do
    ip -6 addr show tentative | grep -q inet6 || return 0
    sleep 0.1
  done
}

machine() { bash -c 'eval "$(cat /run/machine.sh)"; "$@"' drydock-machine "$@"; }

# A few of everything that labs touch.
furnish() {
  ip addr add fd00::15/64 dev eth0 nodad
  ip link add docker0 type bridge && ip link set docker0 up && ip addr add 172.17.0.1/16 brd + dev docker0
  ip link add br7 type bridge stp_state 1 && ip link add p1 type veth peer name p2
  ip link set p1 master br7 up && ip link set p2 up mtu 1400 && ip link set br7 up alias 'the seventh bridge'
  ip addr add 10.7.0.1/24 dev br7 && ip addr add 10.7.0.2/24 dev br7
  ip link add vx7 type vxlan id 42 remote 10.0.2.77 local 10.0.2.15 dstport 4789 && ip link set vx7 up
  bridge fdb append 00:00:00:00:00:00 dev vx7 dst 10.0.2.78
  ip link add mv7 link p2 type macvlan mode bridge && ip link set mv7 up
  ip route add 10.99.0.0/16 nexthop via 10.0.2.2 dev eth0 nexthop via 10.7.0.77 dev br7
  ip route add blackhole 10.66.0.0/16 && ip route add 10.5.0.0/16 via 10.0.2.2 table 77 && ip -6 route add fd99::/64 via fd00::2
  ip rule add fwmark 7 table 77 pref 1077 && ip rule add from 10.7.0.0/24 iif br7 lookup 77 pref 1078
  ip neigh add 10.0.2.44 lladdr 02:00:00:00:00:44 dev eth0 nud permanent && ip neigh add proxy 10.0.2.99 dev eth0
  sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.eth0.rp_filter=2
  iptables-nft -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
  iptables-nft -P FORWARD DROP && iptables-nft -N DOCKER && iptables-nft -A FORWARD -o docker0 -j DOCKER
  iptables-nft -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
  iptables-nft -A DOCKER -p tcp -m tcp --dport 80 -m comment --comment 'a b' -j ACCEPT
  ip6tables-nft -A INPUT -p tcp --dport 22 -j ACCEPT
  nft 'add table inet own; add set inet own bad { type ipv4_addr; elements = { 10.0.0.9 } }; add chain inet own c { type filter hook input priority 5; policy accept; }; add rule inet own c ip saddr @bad counter drop'
  iptables-legacy -A FORWARD -s 10.1.1.1 -j DROP
  tc qdisc add dev p2 root tbf rate 10mbit burst 32kbit latency 400ms
}

deeds=(
  'ip link del docker0' 'ip link del br7' 'ip link del p1' 'ip link del vx7' 'ip link del mv7'
  'ip link add br9 type bridge' 'ip link set eth0 master br7' 'ip link set p1 nomaster'
  'ip link add y1 type veth peer name y2 && ip link set y1 up master docker0' 'ip link add link eth0 name up0 type macvlan mode bridge'
  'ip link set eth0 down' 'ip link set docker0 down' 'ip link set eth0 mtu 1300' 'ip link set br7 address 02:11:22:33:44:55'
  'ip link set docker0 down; ip link set docker0 name docker1' 'ip link set eth0 down; ip link set eth0 name uplink' 'ip link set br7 alias other'
  'ip link property add dev eth0 altname wan' 'ip link set eth0 promisc on' 'ip link set br7 arp off' 'ip link set docker0 txqueuelen 7'
  'ip link set br7 type bridge stp_state 0' 'ip link set p1 type bridge_slave hairpin on'
  'ip addr flush dev eth0' 'ip addr del 10.0.2.15/24 dev eth0' 'ip addr add 10.0.2.16/24 dev eth0' 'ip addr del 10.7.0.1/24 dev br7' 'ip addr add 192.168.9.1/24 dev p2'
  'ip route del default' 'ip route flush table main' 'ip route add 10.44.0.0/16 dev br7' 'ip route replace default dev br7' 'ip -6 route flush table main' 'ip route flush table 77'
  'ip rule flush' 'ip rule add pref 5 from 1.2.3.4 table 7' 'ip rule del pref 1077'
  'ip neigh flush all nud permanent' 'ip neigh add 10.0.2.50 lladdr 02:00:00:00:00:50 dev eth0' 'ip neigh del proxy 10.0.2.99 dev eth0'
  'bridge fdb add 02:00:00:00:00:77 dev p1 master static' 'bridge fdb del 00:00:00:00:00:00 dev vx7 dst 10.0.2.78'
  'iptables-nft -F' 'iptables-nft -P INPUT DROP' 'iptables-nft -t nat -F' 'iptables-nft -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to 10.9.0.11:80'
  'iptables-nft -X DOCKER; iptables-nft -D FORWARD 1' 'ip6tables-nft -t mangle -A FORWARD -j DROP' 'nft flush ruleset' 'nft delete table inet own'
  'nft add table ip mine; nft add chain ip mine c "{ type nat hook postrouting priority 100; }"' 'nft add rule ip filter FORWARD ip saddr 9.9.9.9 drop'
  'iptables-legacy -F' 'iptables-legacy -t nat -A POSTROUTING -j MASQUERADE' 'iptables-legacy -P FORWARD DROP'
  'sysctl -w net.ipv4.ip_forward=0' 'sysctl -w net.ipv4.conf.all.forwarding=1 net.ipv4.conf.all.rp_filter=1' 'sysctl -w net.ipv6.conf.all.disable_ipv6=1'
  'sysctl -w net.ipv6.conf.all.forwarding=1' 'sysctl -w net.ipv4.conf.eth0.rp_filter=0 net.ipv4.conf.docker0.proxy_arp=1'
  'tc qdisc del dev p2 root' 'tc qdisc add dev eth0 root tbf rate 1mbit burst 32kbit latency 400ms' 'tc qdisc add dev eth0 clsact'
)

# Prints the deeds, then "was" and "same", or what differs.
vandalised() {
  local number deed
  RANDOM=$1
  furnish
  settled
  eval "$(cat /run/machine.sh)"
  mkdir /run/was /run/bad /run/now
  read_network() { links_read "$1"; network_read "$1"; filter_read "$1"; rm "$1/lifetimes"; }
  links_read /run/was; network_read /run/was; filter_read /run/was
  for ((number = 0; number < $2; number++)); do
    deed=${deeds[RANDOM % ${#deeds[@]}]}
    echo "+ $deed"
    eval "$deed"
  done 2>/dev/null
  read_network /run/bad
  spared=
  links_put_back /run/was
  network_put_back /run/was
  filter_put_back /run/was
  settled
  read_network /run/now
  rm /run/was/lifetimes
  diff -rq /run/was /run/bad >/dev/null || echo 'it was another one'
  diff -r /run/was /run/now && echo 'it is as it was'
}

# Files, control groups and, if asked, an engine of its own as well.
whole() {
  mount -t cgroup2 cgroup2 /sys/fs/cgroup || exit 70
  mount -t overlay -o "lowerdir=/etc,upperdir=$work/etc,workdir=$work/etcwork" overlay /etc || exit 70
  mount -t overlay -o "lowerdir=/var/lib,upperdir=$work/lib,workdir=$work/libwork" overlay /var/lib || exit 70
  mount -t tmpfs tmpfs /root
  mount -t tmpfs tmpfs /tmp
  mkdir -p /etc/drydock
  chmod 755 /etc/drydock
  echo 0123456789abcdef0123456789abcdef >/etc/machine-id
  cat /etc/machine-id >/etc/drydock/machine-world
  chmod 644 /etc/drydock/machine-world
}

engine() {
  mkdir -p /var/lib/docker && mount -t tmpfs tmpfs /var/lib/docker || exit 70
  dockerd --host unix:///run/docker.sock >/run/dockerd.log 2>&1 &
  dockerd=$!
  until docker version >/dev/null 2>&1; do
    kill -0 "$dockerd" 2>/dev/null || { tail -n 3 /run/dockerd.log; exit 70; }
    sleep 0.1
  done
}

# What can be seen, without what runs down by itself.
look() {
  machine read_machine "$1" >/dev/null
  rm -f "$1/lifetimes" "$1/containers.all"
  { docker ps -a --format '{{.Names}} {{.State}}' | sort; find /root /var/lib/drydock /sys/fs/cgroup -name '*drydock*' -o -path '/root/*'; cat /etc/hosts; pgrep -fa 'sleep 471[0-9]'; } >"$1/seen" 2>/dev/null
}

enter() { bash /run/enter.sh 0123abcd0001 "$1" bash -c "$2" ''; }

begun_and_ended() {
  cp "$1" /run/enter.sh
  whole
  engine
  echo own >/root/own
  docker import --change 'CMD ["sh"]' - busybox:own <<<'' >/dev/null 2>&1
  look /run/was
  echo keep | machine begin 0123abcd0001 a-lab me yes busybox
  machine begin 0123abcd0002 another-lab me no <<<keep
  enter one '
    docker run -d --name left -p 8099:80 busybox sleep 1d >/dev/null; docker network create left >/dev/null; docker volume create left >/dev/null
    (setsid sleep 4711 </dev/null >/dev/null 2>&1 &); (env -i setsid sleep 4712 </dev/null >/dev/null 2>&1 &)
    ip netns add left; mkdir -p /root/a/b; touch /root/a/b/c; rm /root/own; echo 10.77.0.9 left >>/etc/hosts; hostname other
    iptables -P INPUT DROP; iptables -P INPUT ACCEPT; iptables -P FORWARD ACCEPT; iptables -t nat -F; ip link del docker0; ip link add left0 type bridge'
  pgrep -xf 'sleep 471[12]' | wc -l | sed 's/^/still running: /'
  machine end 0123abcd0001
  settled
  look /run/now
  diff -r /run/was /run/now && echo 'it is as it was'
  kill "$dockerd"
  wait "$dockerd"
  find /sys/fs/cgroup/docker -depth -type d -exec rmdir {} + 2>/dev/null
}

# The builder goes away without a word; then one that has no chance to tidy up.
killed() {
  whole
  look /run/was
  machine begin 0123abcd0001 a-lab me no </dev/null | grep -v '^+note'
  [[ -e /var/lib/drydock ]] || echo 'nothing is left of it'
  mkfifo /run/pipe
  machine begin 0123abcd0001 a-lab me no </run/pipe >/run/said &
  exec {pipe}>/run/pipe
  until grep -q ready /run/said; do sleep 0.1; done
  ip link add left0 type bridge
  pkill -9 -f 'drydock-machine begin' # of this namespace, no others can be seen
  exec {pipe}>&-
  echo keep | machine begin 0123abcd0002 a-lab me no | grep -c 'already'
  machine end 0123abcd0001
  look /run/now
  diff -r /run/was /run/now && echo 'it is as it was'
}

cut_off() {
  whole
  echo keep | machine begin 0123abcd0001 a-lab me no >/dev/null
  iptables -A INPUT -j DROP
  ip link set eth0 down
  ip addr flush dev eth0
  until [[ -e /var/lib/drydock/machine-world/told ]]; do sleep 0.5; done
  cat /var/lib/drydock/machine-world/told
  ping -n -q -c 1 -W 2 10.0.2.2 >/dev/null && echo 'the gateway answers'
  ip route show default
  machine end 0123abcd0001
}

refused() {
  whole
  eval "$1"
  machine fit
}

"$case" "$@"
