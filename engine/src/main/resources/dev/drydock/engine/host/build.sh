# Builds one world and lets go of it. Runs on the machine, with the rights of whoever starts Drydock, and ends before anybody is let into the
# world. namespace.sh comes before it. Its standard input is held by whoever builds: the word "keep" lets the world live, and the end of the input before that word (a
# killed builder) ends whatever stands by then.
# Arguments: ID SIZE PROCESSES DOCKER IMAGES LAB STATE HOST..., of which LAB and STATE are there to be seen (Outsiders.java); the other
# scripts come in WORLD_SH, INTERNET_SH, HOST_SH, TOOLS_SH, DOCKER_SH and REGISTRY_SH.
id=$1 processes=$3 hosts=$(($# - 7))
PATH=/usr/sbin:/usr/bin:/sbin:/bin
umask 022
cd /
trouble() { echo "+trouble $*"; exit 3; }
# The session keyring is the world's: the starter's stays out of reach. Whoever enters later finds it by its name, which the starter alone may.
keyctl setperm @s 0x3f1b0000 &

# Bounds the processes of the world together: the kernel counts them for whoever made its user namespace, which is never the
# real root. An ordinary user's other processes count, too, so that all that run on the machine now are added.
read -r _ _ _ tasks _ </proc/loadavg
processes=$((processes + ${tasks#*/}))
# Of a limit of his own he keeps what he needs to end the world.
most=$(ulimit -Hu)
if [[ $most != unlimited ]]; then
  if ((most > 1000)); then ((most -= 500)); else ((most /= 2)); fi
  ((processes <= most)) || processes=$most
fi
ulimit -Su "$processes" && ulimit -Hu "$processes"
# Where the machine runs out of memory, the kernel ends the world's processes before any other.
echo 1000 >/proc/self/oom_score_adj
# What one of its processes may have, and no core of it for a program of the machine: a limit of 1 keeps even `|program` from being started.
# See enter.sh for those that come later.
prlimit --pid "$$" --core=1:1 --data=2147483648:2147483648

# unused_range: as "first", a range of ids that no account and no line of /etc/subuid or /etc/subgid touches.
unused_range() {
  local number=$((16#${id:9:3})) tries line name start length taken
  for ((tries = 0; tries < 4096; tries++, number = (number + 1) % 4096)); do
    first=$((1879048192 + 65536 * number)) taken=
    while IFS=: read -r name start length _; do
      [[ $start && $length ]] && ((start < first + 65536 && first < start + length)) && taken=yes
    done < <(cat /etc/subuid /etc/subgid 2>/dev/null; while IFS=: read -r name _ start _; do echo "$name:$start:1"; done </etc/passwd)
    [[ $taken ]] || return 0
  done
  trouble 'no range of 65536 user ids above 1879048192 is unused on this machine'
}

# bound_memory: puts this process, and so the world, into a control group of its own whose memory is limited, where root can make one:
# 2 GiB, and 1 GiB more for each further host.
bound_memory() {
  local most=$(((hosts + 1) * 1073741824)) base file controllers path
  while IFS=: read -r _ controllers path; do
    case $controllers in
      memory) base=/sys/fs/cgroup/memory$path file=memory.limit_in_bytes ;;
      '') [[ -e /sys/fs/cgroup/cgroup.controllers ]] && base=/sys/fs/cgroup file=memory.max ;;
    esac
  done </proc/self/cgroup
  [[ $base ]] && mkdir "$base/drydock-$id" || return
  if echo "$most" >"$base/drydock-$id/$file" && echo "$BASHPID" >"$base/drydock-$id/cgroup.procs"; then
    group=$base/drydock-$id
    outside=$base/cgroup.procs
  else
    rmdir "$base/drydock-$id"
  fi
} 2>/dev/null

# The owner of the world's user namespace, and so root in it, is an id that has no file, process, key or control group on the machine: of a
# range that nobody has, where the real root starts it; else the first of this user's subordinate ids. Only who has none of those is himself.
starter=() group=
if ((EUID == 0)); then
  ! root_of_less || trouble 'root of this container may not enter what he makes; be an ordinary user in it, or start it with --cap-add SYS_ADMIN'
  unused_range
  uids="0 $first 65536" gids=$uids
  bound_memory
  # Not the real root makes the user namespace, or the limit of processes would not bind.
  starter=(setpriv --reuid "$first" --regid "$first" --clear-groups)
else
  own_ids
fi

becoming=(setpriv --reuid 0 --regid 0)
if [[ $uids == *' 1' ]]; then becoming=(); else becoming+=(--clear-groups); fi
coproc KEEPER { exec "${starter[@]}" "$make_namespace" --user --keep-caps \
  bash -c 'echo +map; read -r && exec "$@" </dev/null' - \
  "${becoming[@]}" unshare --pid --mount --net --uts --ipc --cgroup --fork --kill-child bash -c 'eval "$WORLD_SH"' drydock-world "$@" 2>&1; }
keeper=$KEEPER_PID
exec {world}<&"${KEEPER[0]}" {go}>&"${KEEPER[1]}" {KEEPER[0]}<&- {KEEPER[1]}>&-
[[ $group ]] && echo "$$" >"$outside"
while read -r -u "$world" line && [[ $line != +map ]]; do printf '%s\n' "$line"; done
[[ $line == +map ]] || exit 3
map_ids "$keeper" && echo >&"$go" ||
  { kill -9 "$keeper"; trouble "the user ids of the world cannot be set (uids $uids, gids $gids)"; }
exec {go}>&-

( exec {world}<&-; read -r word; [[ $word == keep ]] || kill -9 "$keeper" ) <&0 >/dev/null 2>&1 &
watcher=$!
ready=
while read -r -u "$world" line; do
  printf '%s\n' "$line"
  [[ $line == +ready ]] && { ready=yes; break; }
done
# Nothing but the world is in its control group, and what it could write to is open as long as one of its processes is there.
if [[ $group ]]; then
  ( trap '' HUP
    exec -a drydock-group bash -c 'while read -r; do :; done
      for ((tries = 0; tries < 300; tries++)); do { rmdir "$1" || [[ ! -d $1 ]]; } && exit; read -rt 0.1 <> <(:); done' drydock-group "$group" \
      <&"$world" >/dev/null 2>&1 ) &
fi
[[ $ready ]] || { kill "$watcher" "$keeper" 2>/dev/null; exit 3; }
wait "$watcher"
