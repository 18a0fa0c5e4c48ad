#!/usr/bin/env bash
# The floor: what the kernel itself takes for the world of a by-hand lab, in the barest script that does the same work.
# Namespaces, a backbone bridge, the internet with its two addresses and servers, a lab host with a root of its own.
# Usage: bare-world.bash [HOSTS]   builds it, says "up", waits for a line on standard input, and ends.
set -eu
hosts=${1:-1}

if [[ ${2:-} != inside ]]; then
  ulimit -u 4096 2>/dev/null || true
  map=(--map-root-user --map-auto)
  ((EUID == 0)) && map=(--map-root-user)
  exec unshare --user "${map[@]}" --fork --pid --mount --net --uts --ipc --cgroup --kill-child "$0" "$hosts" inside
fi

mount --make-rprivate /
mount -t tmpfs -o size=512m,mode=755 world /mnt
mount -t proc proc /proc
mkdir -p /mnt/internet /mnt/host
ip link add backbone type bridge
ip link set lo up
ip link set backbone up

# The internet.
unshare --net sleep infinity &
internet=$!
while [[ $(readlink /proc/$internet/ns/net) == $(readlink /proc/self/ns/net) ]]; do :; done
ip -batch - <<END
link add inet type veth peer name eth0 netns $internet
link set inet master backbone up
END
nsenter --net=/proc/$internet/ns/net bash -c '
ip -batch - <<END
link set lo up
addr add 8.8.8.8/32 dev lo
addr add 1.1.1.1/32 dev lo
addr add 10.0.2.2/24 dev eth0
link set eth0 up
END
mount -t tmpfs t /tmp; mkdir /tmp/www; echo hello >/tmp/www/index.html
dnsmasq --no-daemon --no-resolv --no-hosts --conf-file=/dev/null --pid-file= --user=root --group=root --address=/example.com/8.8.8.8 --listen-address=8.8.8.8,1.1.1.1 --bind-interfaces >/dev/null 2>&1 &
busybox httpd -p 80 -h /tmp/www
'

# The lab hosts.
for ((i = 1; i <= hosts; i++)); do
  root=/mnt/host/$i
  mkdir $root
  mount -t tmpfs -o size=512m,mode=755 root $root
  mkdir $root/{usr,etc,var,run,tmp,root,proc,sys,dev,old}
  mkdir -p $root/var/lib $root/var/log $root/var/tmp
  mount --rbind /usr $root/usr
  mount -o remount,bind,ro,nosuid,nodev $root/usr 2>/dev/null || mount -o remount,bind,ro $root/usr
  cp -P /bin /sbin /lib /lib64 $root/ 2>/dev/null || true
  tar -C / -cf - --ignore-failed-read etc 2>/dev/null | tar -C $root -xf - --no-same-owner 2>/dev/null || true
  ip link add h$i type veth peer name e$i
  ip link set h$i master backbone up
  export root i
  unshare --net --mount --pid --uts --ipc --cgroup --fork bash -c '
    mount -t proc proc $root/proc
    mount -t sysfs sysfs $root/sys
    mkdir $root/run/.sysfs; mount -t sysfs sysfs $root/run/.sysfs
    for node in null zero full random urandom tty; do : >$root/dev/$node; mount --bind /dev/$node $root/dev/$node; done
    mkdir $root/dev/pts $root/dev/shm $root/dev/net; mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts $root/dev/pts; ln -s pts/ptmx $root/dev/ptmx
    mount -t tmpfs shm $root/dev/shm
    hostname labhost
    cd $root; pivot_root . old; umount -l /old
    echo ready; exec sleep infinity' >/mnt/ready.$i &
  while [[ ! -s /mnt/ready.$i ]]; do :; done
  pid=$(pgrep -P $! -n || pgrep -P $!)
  ip link set e$i netns $pid name eth0
  nsenter --net=/proc/$pid/ns/net ip -batch - <<END
link set lo up
addr add 10.0.2.$((14 + i))/24 dev eth0
link set eth0 up
route add default via 10.0.2.2
END
done
echo up
read -r _ || true
