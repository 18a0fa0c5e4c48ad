#!/usr/bin/env bash
# Proves `--world machine` on the machine that it runs on, which must be marked for it: run in the VM of the Vagrantfile, as its
# ordinary user, with `lab` on the PATH. A whole lab is done on the machine's own network and Docker; what it changed is put back by
# `lab reset` and `lab finish`; a way in that was cut comes back by itself; two labs at once and a copied mark are refused.
# Exit status 0 when all of that holds; the machine after is the machine before.
set -u
export TERM=dumb
scratch=$(mktemp -d)
export XDG_STATE_HOME=$scratch/state
failed=0
root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }
trap 'lab cleanup --all >/dev/null 2>&1; root rm -rf "$scratch"' EXIT

fact() { # NAME COMMAND…
  local name=$1
  shift
  if "$@"; then echo "ok    $name"; else echo "FAIL  $name"; failed=1; fi
}

# What a lab could leave; without what counts, runs down or follows the order in which it was made.
look() {
  root bash -c '
    ip -o addr | sed "s/valid_lft.*//"; ip -o link | sed -E "s/state [A-Z]+|<[^>]*>//g"
    ip route show table all | sed -E "s/ linkdown//; s/expires [0-9]+sec//" | grep -v "^multicast" | sort; ip rule; ip neigh show nud permanent
    for table in filter nat mangle raw; do grep -qsx "ip.*" <(nft list tables) && nft list tables | grep -qx "table ip $table" && iptables-save -t "$table"; done | sed -E "/^#/d; s/\[[0-9:]+\]//"
    nft list tables | sort; tc qdisc show; bridge fdb show | grep permanent | sort; ip netns
    grep -rsH "" /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf /proc/sys/net/bridge
    docker ps -a --no-trunc; docker network ls; docker volume ls; docker image ls -a
    ls -lAR --full-time /root; cat /etc/hosts /etc/resolv.conf; hostname
    find /sys/fs/cgroup -name "drydock*"; ls -d /var/lib/drydock/machine-world /run/images
    ps -e -o args --no-headers | grep -E "[s]leep 4711|[d]rydock-machine"' 2>&1
}

same() { diff -U0 "$scratch/before" <(look); }

look >"$scratch/before"
fact 'the machine is marked' test -e /etc/drydock/machine-world
lab doctor 2>&1 | tail -n 3

# On the machine itself 8.8.8.8 is the real one, which a proof without a way out does not reach.
lab=bridge-basics
ping -n -c 1 -W 3 8.8.8.8 >/dev/null 2>&1 || { lab=container-network && echo "note  8.8.8.8 is out of reach here, so $lab takes the place of bridge-basics"; }

for ((step = 0; step < 12; step++)); do printf '%s\n' solve next; done | lab start "$lab" --world machine >"$scratch/out" 2>&1
fact "$lab is done to its end on the machine itself" test "${PIPESTATUS[1]}" = 0
grep -E '● |○ |✗ ' "$scratch/out"
fact 'its prompt says that this is the machine' grep -q 'machine:~#' "$scratch/out"
fact 'its end put the machine back' same

# Leaves a good deal behind.
printf '%s\n' 'ip netns add left; ip link add left0 type bridge; ip link set left0 up; ip addr add 10.77.0.1/24 dev left0' \
  'iptables -P FORWARD ACCEPT; iptables -t nat -F; iptables -A OUTPUT -d 10.99.0.1 -j DROP; sysctl -w net.ipv4.ip_forward=0' \
  'docker network create left; docker run -d --name left --network left -p 8099:80 busybox sleep 1d' \
  '(setsid sleep 4711 </dev/null >/dev/null 2>&1 &); touch /root/left; echo 10.77.0.9 left >>/etc/hosts; ip link del docker0' |
  lab start bridge-basics --world machine >"$scratch/out" 2>&1
fact 'docker0 of the machine is gone with the last line' bash -c '! ip link show docker0 >/dev/null 2>&1'
fact 'a process that left its parent still runs' pgrep -xf 'sleep 4711' >/dev/null
fact 'a second lab on the machine is refused' bash -c '! lab start outside-world --world machine </dev/null >"$1" 2>&1 && grep -q "runs on this machine already" "$1"' - "$scratch/second"

fact 'lab reset puts the machine back and begins anew' lab reset
fact 'nothing of the first run is left' bash -c '! ip netns | grep left && ! pgrep -xf "sleep 4711" && ip -4 addr show docker0 | grep -q 172.17.0.1'

# Cuts the way in, as a slip of the fingers would. The watcher gives it back; nobody has to come by another way.
printf '%s\n' 'iptables -I INPUT -j DROP; ip addr flush dev "$(ip -o route show default | sed "s/.* dev \([^ ]*\).*/\1/")"' | lab resume >"$scratch/cut" 2>&1
for ((waited = 0; waited < 240; waited++)); do
  [[ -e /var/lib/drydock/machine-world/told ]] && break
  sleep 1
done
fact 'a way in that was cut comes back, and the student is told' grep -q 'way to this machine was lost' /var/lib/drydock/machine-world/told
fact 'the address of the uplink is there again' bash -c 'ip -4 -o addr show scope global | grep -v docker | grep -q inet'

fact 'lab finish puts everything back, and says so' lab finish
fact 'the machine is as it was' same

# Begun, and every process of Drydock killed: cleanup finds it on the machine, whether or not a record tells of it.
lab start bridge-by-hand --world machine </dev/null >/dev/null 2>&1
rm -rf "$scratch/state"
fact 'lab cleanup --all puts back what no record tells of' bash -c 'lab cleanup --all | tee /dev/stderr | grep -q "as it was before the lab"'
fact 'the machine is as it was' same

root mv /etc/drydock/machine-world /etc/drydock/kept
echo 0123456789abcdef0123456789abcdef | root tee /etc/drydock/machine-world >/dev/null
fact 'the mark of another machine counts for nothing' bash -c '! lab start bridge-basics --world machine </dev/null >"$1" 2>&1 && grep -q "another machine" "$1"' - "$scratch/refused"
root mv /etc/drydock/kept /etc/drydock/machine-world
fact 'the machine is as it was' same
exit "$failed"
