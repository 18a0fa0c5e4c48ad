# Inside enter.sh: a Docker Engine of its own, with an image busybox made from the machine's static busybox.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin XDG_RUNTIME_DIR=/run/user HOME=/run DOCKER_HOST=unix:///run/docker.sock
mount -t tmpfs none /run
mkdir -p /run/netns /run/user /run/etc /run/tree/{bin,etc,tmp}
cp -r /etc/. /run/etc 2>/dev/null || true
rm -rf /run/etc/docker
touch /run/etc/resolv.conf
mount --bind /run/etc /etc
mount -t sysfs none /sys
mount -t tmpfs none /sys/fs/cgroup
while IFS=: read -r _ controllers _; do
    case $controllers in
        '') mount -t cgroup2 -o X-mount.mkdir none /sys/fs/cgroup/unified 2>/dev/null || true ;;
        name=*) ;;
        *) mount -t cgroup -o "X-mount.mkdir,$controllers" none "/sys/fs/cgroup/$controllers" 2>/dev/null || true ;;
    esac
done </proc/self/cgroup
[[ $(</proc/self/cgroup) != 0::* ]] || mount -t cgroup2 none /sys/fs/cgroup
mount -t tmpfs none /var/lib
mkdir -p /var/lib/docker
[[ ! -d /var/log ]] || mount -t tmpfs none /var/log
mount -t tmpfs none /tmp
ip link set lo up
dockerd --rootless --data-root /var/lib/docker --exec-root /run/docker --host unix:///run/docker.sock --pidfile /run/docker.pid \
    >/run/dockerd.log 2>&1 &
dockerd=$!
cp /usr/bin/busybox /run/tree/bin/busybox
chroot /run/tree /bin/busybox --install -s /bin
echo root:x:0:0:root:/:/bin/sh >/run/tree/etc/passwd
exec {tick}<> <(:)
until [[ -S /run/docker.sock ]]; do
    kill -0 $dockerd 2>/dev/null || { tail -n 3 /run/dockerd.log >&2; exit 98; }
    read -rt 0.02 -u "$tick" || true
done
tar -C /run/tree -c . | docker import - busybox >/dev/null
