# The world's first process: makes the backbone, starts the Internet and the lab hosts on it, then only reaps.
# Its mount namespace still shows the machine's files; the lab hosts' do not.
id=$1 size=$2 docker=$4 images=$5
shift 7
read -r stat </proc/self/stat # the machine's /proc: these are the machine's numbers
pid=${stat%% *} stat=(${stat##*) })
echo "+world $pid ${stat[19]}"
mount -t tmpfs -o size=16m,mode=755 drydock /run || { echo '+trouble a tmpfs cannot be mounted in a user namespace here'; exit 3; }
mkdir /run/root

{
  echo link set lo up
  echo link add backbone type bridge
  echo link set backbone up
  number=0
  for name in internet "$@"; do
    echo netns add "$name"
    echo link add eth0 netns "$name" type veth peer name "port$number"
    echo link set "port$number" master backbone up
    number=$((number + 1))
  done
} | ip -batch - || { echo '+trouble the network namespaces, the bridge or the veth pairs of the world cannot be made here'; exit 3; }

export WORLD_HOSTS="$*"
# What passes between several hosts otherwise than by the network: a join token, a capture.
if (($# > 1)); then
  mkdir /run/shared
  mount -t tmpfs -o size=64m,nr_inodes=10k,mode=755 shared /run/shared || exit 3
fi
# A lab host's /dev follows what is mounted on it here, where the machine's terminals can be seen, see attach.sh.
for name; do
  mkdir -p "/run/dev/$name"
  mount -t tmpfs -o size=1m,mode=755 --make-shared dev "/run/dev/$name" || exit 3
done

exec {up}<> <(:)
nsenter --net=/run/netns/internet bash -c 'eval "$INTERNET_SH"' internet "$up" "$@" </dev/null &
building=($!)
number=15
for name; do
  nsenter --net="/run/netns/$name" unshare --mount --propagation slave --pid --uts --ipc --cgroup --fork --kill-child \
    bash -c 'eval "$HOST_SH"' host "$name" "$number" "$size" "$docker" "$images" "$up" </dev/null &
  building+=($!)
  number=$((number + 1))
done
unset WORLD_SH INTERNET_SH HOST_SH DOCKER_SH WORLD_HOSTS
for name in internet "$@"; do
  line=
  until read -r -t 1 -u "$up" rest; do
    line+=$rest # on a busy machine the second may be over in the middle of a line
    # The Internet's script ends when it is done, a lab host's only when something is wrong.
    for host in "${building[@]:1}"; do
      kill -0 "$host" 2>/dev/null || { echo '+trouble a lab host ended while it was being made'; exit 3; }
    done
  done
  line+=$rest
  echo "$line"
  [[ $line == +up\ * ]] || exit 3
done
echo +ready
exec -a drydock-world bash -c 'exec {never}<> <(:) >/dev/null 2>&1; while :; do read -r -u "$never"; done' drydock-world "$id"
