#!/bin/bash
# Recaptures real outputs for the parsers' tests into resources/captures/TOOL-VERSION/CASE.{argv,rc,out,err}.
# Everything happens in throw-away namespaces, with a Docker Engine of its own; the machine's network is not touched.
# Run it as root, or as a user with a range of subordinate ids. Look at the difference before you commit it.
cd "${BASH_SOURCE%/*}/resources" || exit

situations=$(cat <<'SITUATIONS'
C=/run/captures
# capture TOOL CASE COMMAND...
capture() {
    local tool=$1 case=$2
    shift 2
    mkdir -p "$C/$tool"
    printf '%s\n' "$@" >"$C/$tool/$case.argv"
    LC_ALL=C "$@" >"$C/$tool/$case.out" 2>"$C/$tool/$case.err" </dev/null
    echo $? >"$C/$tool/$case.rc"
}
wait_for_port() {
    local turn
    for turn in {1..250}; do
        [[ $(ss -Hlntu sport = "$1") ]] && return
        read -rt 0.02 -u "$tick"
    done
    echo "nobody listens on port $1" >&2
    exit 98
}
inside() { local name=$1; shift; echo nsenter "--net=/run/netns/$name" "$@"; }
ip=iproute2-$(ip -V | sed 's/.*iproute2-\([0-9.]*\).*/\1/')
tables=iptables-$(iptables-nft --version | sed 's/.* v\([0-9.]*\).*/\1/')
ping=iputils-$(ping -V | sed -n '1s/.*iputils \([0-9]*\).*/\1/p')
curl=curl-$(curl --version | sed -n '1s/^curl \([0-9.]*\).*/\1/p')
bash=bash-${BASH_VERSION%%(*}
docker=docker-$(docker version --format '{{.Server.Version}}' | sed 's/[^0-9.].*//')

# --- a network by hand; Docker's FORWARD policy would drop what crosses its bridge ---
echo 0 >/proc/sys/net/bridge/bridge-nf-call-iptables
export RES_OPTIONS='timeout:2 attempts:1'
for n in red blue empty; do ip netns add $n; done
for n in red blue; do ip link add v-$n type veth peer name eth0 netns $n; done
ip link add br0 type bridge
ip link set br0 up
ip addr add 10.9.0.1/24 dev br0
ip addr add 10.9.0.2/24 dev br0
ip addr add fd00:9::1/64 dev br0 nodad
ip link add veth1 type veth peer name veth10
ip link property add dev veth1 altname a-long-alternative-name
i=10
for n in red blue; do
    i=$((i + 1))
    ip link set v-$n master br0 up
    ip -n $n link set lo up
    ip -n $n link set eth0 address 02:00:00:00:00:$i up
    ip -n $n addr add 10.9.0.$i/24 dev eth0
    ip -n $n addr add fd00:9::$i/64 dev eth0 nodad
done
ip -n red route add default via 10.9.0.1
ip -n red route add blackhole 192.0.2.0/24
ip -n red route add unreachable 198.51.100.1
ip -n red route add 10.20.0.0/16 metric 50 nexthop via 10.9.0.1 dev eth0 weight 1 nexthop via 10.9.0.2 dev eth0 weight 1
ip -n red route add 10.30.0.0/16 via 10.9.0.2 src 10.9.0.11 table 100
ip -n red -6 route add default via fd00:9::1 dev eth0 metric 4294967295
ip -n red -6 route add blackhole 2001:db8::/32
ip -n red neigh add 10.9.0.77 lladdr 02:00:00:00:00:77 dev eth0
ip netns exec red true 2>/dev/null
capture $ping replied $(inside red ping -n -c 1 -W 4 -- 10.9.0.12)
capture $ping replied-ipv6 $(inside red ping -n -c 1 -W 4 -- fd00:9::12)
capture $ping replied-by-name $(inside red ping -n -c 1 -W 4 -- localhost)
capture $ping no-route $(inside blue ping -n -c 1 -W 4 -- 8.8.8.8)
capture $ping no-neighbour $(inside blue ping -n -c 1 -W 4 -- 10.9.0.99)
capture $ping no-neighbour-ipv6 $(inside blue ping -n -c 1 -W 4 -- fd00:9::99)
capture $ping unknown-name $(inside blue ping -n -c 1 -W 4 -- nobody.example)
capture $ping blackhole $(inside red ping -n -c 1 -W 4 -- 192.0.2.1)
capture $ping unreachable-route $(inside red ping -n -c 1 -W 4 -- 198.51.100.1)
capture $ping no-namespace $(inside green ping -n -c 1 -W 4 -- 10.9.0.1)
echo 1 >/proc/sys/net/ipv4/ip_forward
ip route add 10.7.0.0/16 dev docker0
nsenter --net=/run/netns/red iptables-nft -A OUTPUT -d 10.9.0.51 -j DROP
nsenter --net=/run/netns/red iptables-nft -A OUTPUT -d 10.9.0.52 -j REJECT
iptables-nft -I FORWARD -d 10.7.0.0/16 -j REJECT
iptables-nft -A INPUT -d 10.9.0.2 -j DROP
capture $ping dropped-here $(inside red ping -n -c 1 -W 4 -- 10.9.0.51)
capture $ping rejected-here $(inside red ping -n -c 1 -W 4 -- 10.9.0.52)
capture $ping rejected-by-router $(inside red ping -n -c 1 -W 4 -- 10.7.0.1)
capture $ping dropped $(inside red ping -n -c 1 -W 4 -- 10.9.0.2)
for n in red blue empty; do
    capture $ip addr-$n $(inside $n ip -d -j addr)
done
capture $ip addr-host ip -d -j addr
capture $ip route-red $(inside red ip -d -j route show table all root 0.0.0.0/0)
capture $ip route6-red $(inside red ip -d -j route show table all root ::/0)
capture $ip route-empty $(inside empty ip -d -j route show table all root 0.0.0.0/0)
capture $ip neigh-red $(inside red ip -j neigh)
capture $ip neigh-blue $(inside blue ip -j neigh)
capture $ip netns-ids-host ip -j netns list-id
capture $ip netns-ids-red $(inside red ip -j netns list-id)
printf '%s\n' addr 'route show table all root 0.0.0.0/0' 'route show table all root ::/0' neigh 'netns list-id' >/run/good
printf '%s\n' addr 'route show table nonsense' 'route show table all root ::/0' neigh 'netns list-id' >/run/bad
capture $ip batch-good $(inside red ip -d -j -force -batch /run/good)
capture $ip batch-bad $(inside red ip -d -j -force -batch /run/bad)
capture $ip addr-no-namespace ip -n green -d -j addr

# --- listeners ---
mkdir -p /run/www
echo hello >/run/www/hello
busybox httpd -p 80 -h /run/www
nsenter --net=/run/netns/red busybox httpd -p 127.0.0.1:8080 -h /run/www
capture $ip ss-red $(inside red ss -Hlntup)
dnsmasq --no-daemon --conf-file=/dev/null --no-hosts --no-resolv --listen-address=10.9.0.1 --bind-interfaces --local=/lab/ \
    --host-record=rr.lab,172.20.0.2 --host-record=rr.lab,172.20.0.3 --cname=alias.lab,rr.lab 2>/run/dnsmasq.log &
wait_for_port 53
capture $ip ss-host ss -Hlntup
capture $ip ss-empty $(inside empty ss -Hlntup)

# --- connections ---
iptables-nft -A INPUT -p tcp --dport 83 -j DROP
busybox nc -ll -p 84 -e echo not-http &
wait_for_port 84
tcp() { local name=$1 case=$2; shift 2; capture $bash "$case" nsenter "--net=/run/netns/$name" timeout 4 bash -c 'exec 3<>"/dev/tcp/$1/$2"' tcp "$@"; }
tcp red tcp-connected 10.9.0.1 80
tcp red tcp-refused 10.9.0.1 81
tcp red tcp-timeout 10.9.0.1 83
tcp blue tcp-no-route 8.8.8.8 80
nsenter --net=/run/netns/blue ip route add blackhole 10.8.0.1
tcp blue tcp-blackhole 10.8.0.1 80
nsenter --net=/run/netns/blue ip route del blackhole 10.8.0.1
tcp blue tcp-no-neighbour 10.9.0.99 80
tcp red tcp-rejected 10.7.0.1 80
tcp red tcp-unknown-name nobody.example 80
tcp green tcp-no-namespace 10.9.0.1 80
http() { local name=$1 case=$2; capture $curl "$case" nsenter "--net=/run/netns/$name" curl -q -sS -v -i -g -m 4 --noproxy '*' --proto '=http,https' --url "$3"; }
http red http-200 http://10.9.0.1/hello
http red http-404 http://10.9.0.1/nothing
http red http-refused http://10.9.0.1:81/
http red http-timeout http://10.9.0.1:83/
http blue http-no-route http://8.8.8.8/
http red http-unknown-name http://nobody.example/
http red http-not-http http://10.9.0.1:84/

# --- names: question 4472 for A records with room for 4096 bytes ---
names() {
    local case=$1 label question='\x44\x72\x01\x00\x00\x01\x00\x00\x00\x00\x00\x01'
    for label in ${2//./ }; do question+=$(printf '\\x%02x' ${#label})$label; done
    question+='\x00\x00\x01\x00\x01\x00\x00\x29\x10\x00\x00\x00\x00\x00\x00\x00'
    capture dnsmasq "$case" bash -c '{ printf "$1" | dd bs=512 iflag=fullblock status=none >&3 &&
        timeout 2 dd bs=4096 count=1 status=none <&3 | od -An -v -tx1; } 3<>/dev/udp/10.9.0.1/53' names "$question"
}
names two-addresses rr.lab
names alias alias.lab
names no-such-name nobody.lab
names refused elsewhere.example

# --- mounts: the folder without links, what stands at the path, and the mounts; only / and /run, for the rest is the machine's own ---
mounted() {
    capture mounts "$1" bash -c 'path=${1##*/} link=
cd -P -- "${1%/*}/" 2>/dev/null || { printf "\0\0\0"; exit 0; }
if [[ -L $path ]]; then link=l$(readlink -- "$path"); elif [[ -d ./$path ]]; then link=d; elif [[ -f $path ]]; then link=f; elif [[ -e $path ]]; then link=o; fi
printf "%s\0%s\0" "$PWD" "$link" && grep -E "^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /(run[^ ]*)? " /proc/self/mountinfo && printf "\0"' mounted "$2"
}
ln -s /run /run/also
touch /run/netns/{plain,green,stacked,kind}
mount --bind /run/netns/blue /run/netns/green
mount --bind /run/netns/red /run/netns/stacked
mount --make-private /run/netns/stacked
mount --bind /run/netns/blue /run/netns/stacked
mount --bind /proc/$$/ns/uts /run/netns/kind
ln -s /run/netns/red /run/netns/link
unshare --mount bash -c 'touch /run/netns/private; mount --bind /run/netns/red /run/netns/private; exec sleep 1d' &
mkdir -p '/run/two words/netns'
touch '/run/two words/netns/red'
mount --bind /run/netns/red '/run/two words/netns/red'
mkdir /run/hidden
touch /run/hidden/red
mount --bind /run/netns/red /run/hidden/red
mount -t tmpfs over /run/hidden
touch /run/hidden/red
until [[ -e /run/netns/private ]]; do read -rt 0.02 -u "$tick"; done
mounted red /run/netns/red
mounted through-link /run/also/netns/red
mounted two-words '/run/two words/netns/red'
mounted hidden /run/hidden/red
mounted folder /run/hidden
for n in green stacked kind link plain private nothing; do mounted $n /run/netns/$n; done
mounted no-folder /run/nowhere/red
mounted root /

# --- rules ---
capture $tables nft-untouched $(inside empty iptables-nft-save)
nsenter --net=/run/netns/blue iptables-nft -P FORWARD DROP
nsenter --net=/run/netns/blue iptables-nft -N MINE
nsenter --net=/run/netns/blue iptables-nft -A FORWARD -i br0 -m comment --comment 'two words' -j MINE
nsenter --net=/run/netns/blue iptables-nft -A MINE -m comment --comment '-j ACCEPT "quoted" back\slash' -p tcp -m tcp --dport 80 -j DROP
nsenter --net=/run/netns/blue iptables-nft -A MINE -m comment --comment plain -j LOG --log-prefix 'a prefix -m comment '
nsenter --net=/run/netns/blue iptables-nft -t nat -A POSTROUTING -s 10.9.0.0/24 ! -o br0 -j MASQUERADE
nsenter --net=/run/netns/blue ip6tables-nft -A INPUT -p tcp --dport 22 -j REJECT
capture $tables nft-blue $(inside blue iptables-nft-save)
capture $tables nft6-blue $(inside blue ip6tables-nft-save)
nsenter --net=/run/netns/empty nft 'add table ip filter; add chain ip filter FORWARD { type filter hook forward priority 0; }; add rule ip filter FORWARD ip saddr { 10.0.0.1, 10.0.0.2 } drop'
capture $tables nft-incompatible $(inside empty iptables-nft-save)
ip netns add old
nsenter --net=/run/netns/old iptables-legacy -P INPUT DROP
nsenter --net=/run/netns/old iptables-legacy -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 10.9.0.11:80
capture $tables legacy-old $(inside old iptables-legacy-save)
capture $tables nft-beside-legacy $(inside old iptables-nft-save)

# --- Docker ---
capture $tables nft-docker iptables-nft-save
engine() { local case=$1 path; shift; capture $docker "$case" curl -q -sS -g --unix-socket /run/docker.sock -w $'\035%{http_code}\035' -- "${@/#/http://docker}"; }
engine list '/containers/json?all=1' /networks
for name in web rr1 rr2 hosty lonely side made nope; do engine "inspect-$name" "/containers/$name/json"; done
engine inspect-done /containers/done/json
docker run -d --name open --expose 80 --expose 53/udp busybox sleep 1d >/dev/null
docker run -d --name local -p 127.0.0.1:8081:80 -p 5353:53/udp busybox sleep 1d >/dev/null
docker run -d --name hostport --net host -p 8082:80 busybox sleep 1d >/dev/null 2>&1
docker run -d --name taken -p 8080:80 busybox sleep 1d >/dev/null 2>&1
docker run -d --name occupied -p 53:53/udp busybox sleep 1d >/dev/null 2>&1
docker run -d --name nocommand busybox nonsense >/dev/null 2>&1
docker run -d --name returning -p 8083:80 busybox sleep 1d >/dev/null
docker stop -t 0 returning >/dev/null
docker run -d --name linked --link web --link local:data busybox sleep 1d >/dev/null
for name in linked open local hostport taken occupied nocommand returning; do engine "inspect-$name" "/containers/$name/json"; done
pid=$(docker inspect -f '{{.State.Pid}}' rr1)
# 30 questions for A records of rr, with ids from 0x2000 on
capture $docker dns-spread nsenter --target "$pid" --net bash -c '{
    for ((i = 8192; i < 8222; i++)); do
        printf -v id "\\\\x%02x\\\\x%02x" $((i >> 8)) $((i & 255))
        printf "$id\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x02rr\x00\x00\x01\x00\x01"
    done | dd bs=20 iflag=fullblock status=none >&3
    echo 127.0.0.11
    timeout 1.9 dd bs=512 count=30 conv=sync status=none <&3 | od -An -v -tx1 -w512; } 3<>/dev/udp/127.0.0.11/53'
capture $docker no-engine curl -q -sS -g --unix-socket /run/nothing.sock http://docker/networks
capture $docker logs-rr2 docker logs --tail 200 rr2
pid=$(docker inspect -f '{{.State.Pid}}' web)
capture $ip addr-container nsenter --target "$pid" --net ip -d -j addr
capture hosts container cat "/proc/$pid/root/etc/hosts"

# --- what stands on another interface, and forwarding tables ---
ip netns add below
ip netns add above
ip link add v-below type veth peer name eth0 netns below
ip link set v-below up
ip -n below link set eth0 up
ip -n below addr add 10.0.2.15/24 dev eth0
ip -n below link add br0 type bridge
ip -n below link add vx0 type vxlan id 42 local 10.0.2.15 remote 10.0.2.16 dev eth0 dstport 4789
ip -n below link add vx1 type vxlan id 43 group 239.1.1.1 dev eth0 dstport 8472
ip -n below link add vx2 type vxlan id 44 local 10.0.2.15 dstport 4789 nolearning
ip -n below link add vx6 type vxlan id 46 local fd00:9::15 remote fd00:9::16 dstport 4789
ip -n below link set vx0 master br0
for n in br0 vx0 vx2; do ip -n below link set $n up; done
bridge -n below fdb append 00:00:00:00:00:00 dev vx2 dst 10.0.2.16
bridge -n below fdb append 00:00:00:00:00:00 dev vx2 dst 10.0.2.17
bridge -n below fdb add 02:00:00:00:00:12 dev vx2 dst 10.0.2.16 vni 7 via eth0
bridge -n below fdb add 02:00:00:00:00:13 dev vx0 master static
for mode in bridge private vepa; do ip -n below link add "mv-$mode" link eth0 type macvlan mode $mode; done
ip -n below link add mv0 link eth0 type macvlan mode bridge
ip -n below link set mv0 netns above
capture $ip addr-below $(inside below ip -d -j addr)
capture $ip addr-above $(inside above ip -d -j addr)
capture $ip fdb-below $(inside below bridge -j fdb show)
capture $ip fdb-empty $(inside empty bridge -j fdb show)

tar -C "$C" -c . >&"$result"
SITUATIONS
)
fresh=$(mktemp -d)
exec {result}>"$fresh/captures.tar"
bash -c "$(<hosts/enter.sh)" enter "result=$result
$(<hosts/docker.sh)
$(<hosts/containers.sh)
$situations" || { echo "the situations could not be built" >&2; exit 1; }
rm -rf captures
mkdir captures
tar -C captures -xf "$fresh/captures.tar" --no-same-owner
rm -rf "$fresh"
find captures -name '*.rc' | wc -l
