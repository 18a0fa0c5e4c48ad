# The world's first process: makes the backbone, starts the Internet and the lab hosts on it, then only reaps.
# Its mount namespace still shows the machine's files; it is root of the world's user namespace, which no lab host is: a lab host's
# user namespace lies below, so that what is mounted here is locked there.
id=$1 size=$2 docker=$4 images=$5
shift 7
read -r stat </proc/self/stat # the machine's /proc: these are the machine's numbers
pid=${stat%% *} stat=(${stat##*) })
echo "+world $pid ${stat[19]}"
trouble() { echo "+trouble $*"; exit 3; }
mount -t tmpfs -o size=16m,mode=755 drydock /run || trouble 'a tmpfs cannot be mounted in a user namespace here'
mkdir -p /run/root /run/machine
# The ids of lab hosts are those of the world but its root's, so that what is the world's is not theirs.
read -r _ _ ids </proc/self/uid_map
if ((ids == 1)); then ids='0 0 1' root=0 becoming=(); else ids="0 1 $((ids - 1))" root=1 becoming=(setpriv --reuid 0 --regid 0 --clear-groups); fi

# What lab hosts see of the machine: its programs, read-only with all that is mounted below. /bin and the like where they are no links.
for folder in usr bin sbin lib lib32 lib64 libx32; do
  [[ -d /$folder && ! -L /$folder ]] || continue
  mkdir "/run/machine/$folder"
  echo "/$folder /run/machine/$folder none rbind 0 0"
done >/run/fstab
# A lab host's /dev: nobody inside can write to it, for it is looked at from here whenever a terminal is put into it, see attach.sh.
# The first of the two mounts of each is not to be seen inside.
for name; do
  mkdir -p "/run/dev/$name" "/run/devices/$name"
  echo "dev /run/dev/$name tmpfs size=1m,mode=755,uid=$root,gid=$root,nosuid,noexec,shared 0 0"
done >>/run/fstab
mount -a -T /run/fstab || trouble 'a folder cannot be bound in a user namespace here'
for name; do
  cd "/run/dev/$name" || exit
  mkdir pts shm net mqueue
  ln -s /proc/self/fd fd
  ln -s pts/ptmx ptmx
  ln -s /proc/self/fd/0 stdin
  ln -s /proc/self/fd/1 stdout
  ln -s /proc/self/fd/2 stderr
  made=(*)
  for device in null zero full random urandom tty net/tun; do
    [[ -e /dev/$device ]] && : >"$device" && made+=("$device") && echo "/dev/$device /run/dev/$name/$device none bind 0 0"
  done
  chown -h "$root:$root" "${made[@]}"
  echo "/run/dev/$name /run/devices/$name none rbind,ro 0 0"
done >/run/fstab
cd /
while read -r _ _ _ _ place options _; do
  [[ $place == /run/machine/* ]] || continue
  # The flags that a mount has from the machine have to be named again.
  flags=
  for flag in nosuid nodev noexec noatime nodiratime relatime nosymfollow; do [[ ,$options, == *,$flag,* ]] && flags+=,$flag; done
  printf -v place %b "${place//\\/\\0}"
  mount -o "remount,bind,ro$flags" "$place" || trouble "$place cannot be made read-only here"
done </proc/self/mountinfo
mount -a -T /run/fstab || trouble 'a device cannot be bound in a user namespace here'
rm /run/fstab

# What passes between several hosts otherwise than by the network: a join token, a capture.
if (($# > 1)); then
  mkdir /run/shared
  mount -t tmpfs -o "size=64m,nr_inodes=10k,mode=755,uid=$root,gid=$root" shared /run/shared || exit 3
fi
# Without ids of its own its root is the starter himself, whose control group may belong to him: then nobody inside can mount one.
cgroup=--cgroup
if ((root == 0)); then
  echo 0 >/proc/sys/user/max_cgroup_namespaces && cgroup= || trouble 'control groups cannot be kept from a world of a single user id here (/proc/sys/user/max_cgroup_namespaces)'
fi

export WORLD_HOSTS="$*" PIVOT_ROOT=pivot_root
type -P pivot_root >/dev/null || PIVOT_ROOT='busybox pivot_root' # util-linux leaves it out in places
# A lab host's user namespace is given its ids from here before anything is made in it: the kernel looks up whose the files of a network
# namespace are when that is made. Then its network namespace is given an interface.
# One pipe for each of the two, or a quick host would take what was meant for a slow one.
exec {up}<> <(:) {mapped}<> <(:) {wired}<> <(:)
building=() number=15
for name; do
  unshare --user --keep-caps bash -c 'read -r stat </proc/self/stat; echo "+map ${stat%% *} $3" >&"$1"; mapped=$2; read -r -u "$mapped"; exec {mapped}>&-; exec "${@:4}"' - "$up" "$mapped" "$name" \
    "${becoming[@]}" unshare --net --mount --propagation slave --pid --uts --ipc $cgroup --fork --kill-child \
    bash -c 'eval "$HOST_SH"' host "$name" "$number" "$size" "$docker" "$images" "$up" "$wired" </dev/null &
  building+=($!)
  number=$((number + 1))
done
{
  echo link set lo up
  echo link add backbone type bridge
  echo link set backbone up
  echo netns add internet
  echo link add eth0 netns internet type veth peer name port0
  echo link set port0 master backbone up
} | ip -batch - || trouble 'the network namespaces, the bridge or the veth pairs of the world cannot be made here'
nsenter --net=/run/netns/internet unshare --mount bash -c 'eval "$INTERNET_SH"' internet "$up" "$@" </dev/null &
unset WORLD_SH INTERNET_SH HOST_SH TOOLS_SH DOCKER_SH REGISTRY_SH WORLD_HOSTS

# hear: the next line on the pipe "up", in "line".
hear() {
  local rest host
  line=
  until read -r -t 1 -u "$up" rest; do
    line+=$rest # on a busy machine the second may be over in the middle of a line
    # The Internet's script ends when it is done, a lab host's only when something is wrong.
    for host in "${building[@]}"; do
      kill -0 "$host" 2>/dev/null || trouble 'a lab host ended while it was being made'
    done
  done
  line+=$rest
}
internet=
# each HEARD HOST...: hears of every host once, and of the Internet, which may be ready at any time.
each() {
  local heard=$1 name
  shift
  for name; do
    hear
    [[ $line == +up\ internet ]] && { internet=yes; echo "$line"; hear; }
    "$heard"
  done
}
declare -A process
map() {
  [[ $line =~ ^\+map\ ([0-9]+)\ (.+)$ ]] || { echo "$line"; exit 3; }
  process[${BASH_REMATCH[2]}]=${BASH_REMATCH[1]}
  echo "$ids" >"/proc/${BASH_REMATCH[1]}/uid_map" && echo "$ids" >"/proc/${BASH_REMATCH[1]}/gid_map" ||
    trouble 'a user namespace cannot be made below another one here'
}
unshared() { [[ $line == +net ]] || { echo "$line"; exit 3; }; }
ready() { echo "$line"; [[ $line == +up\ * ]] || exit 3; }
each map "$@"
for name; do echo >&"$mapped"; done
each unshared "$@"
# By the file, not by the number: ip has read numbers since 6.12 as those of its own /proc, which here is the machine's.
number=1
for name; do
  echo "link add eth0 netns /proc/${process[$name]}/ns/net type veth peer name port$number"
  echo "link set port$number master backbone up"
  number=$((number + 1))
done | ip -batch - || trouble 'the veth pairs of the lab hosts cannot be made here'
for name; do echo >&"$wired"; done
each ready "$@"
[[ $internet ]] || { hear; ready; }
echo +ready
exec {mapped}>&- {wired}>&- {up}>&-
exec -a drydock-world bash -c 'exec {never}<> <(:) >/dev/null 2>&1; while :; do read -r -u "$never"; done' drydock-world "$id"
