# Builds one world and lets go of it. Runs on the machine; its standard input is held by whoever builds: the word "keep" lets
# the world live, and the end of the input before that word (a killed builder) ends whatever stands by then.
# Arguments: ID SIZE PROCESSES DOCKER IMAGES LAB STATE HOST..., of which LAB and STATE are there to be seen (Outsiders.java); the other scripts come in WORLD_SH, INTERNET_SH, HOST_SH and DOCKER_SH.
id=$1 processes=$3
PATH=/usr/sbin:/usr/bin:/sbin:/bin
umask 022
cd /
# Bounds the processes of the world together: the kernel counts them for whoever made its user namespace, which is never the
# real root. An ordinary user's other processes count, too, so that all that run on the machine now are added.
read -r _ _ _ tasks _ </proc/loadavg
processes=$((processes + ${tasks#*/}))
{ ulimit -Su "$processes" || ulimit -Su "$(ulimit -Hu)"; ulimit -Hu "$(ulimit -Su)"; } 2>/dev/null
ulimit -Sc 0

# A range of ids that no account and no line of /etc/subuid or /etc/subgid touches.
unused_range() {
  local number=$((16#${id:9:3})) tries line name first count taken
  for ((tries = 0; tries < 4096; tries++, number = (number + 1) % 4096)); do
    base=$((1879048192 + 65536 * number)) taken=
    while IFS=: read -r name first count _; do
      [[ $first && $count ]] && ((first < base + 65536 && base < first + count)) && taken=yes
    done < <(cat /etc/subuid /etc/subgid 2>/dev/null; while IFS=: read -r name _ first _; do echo "$name:$first:1"; done </etc/passwd)
    [[ $taken ]] || return 0
  done
  echo "+trouble no range of 65536 user ids above 1879048192 is unused on this machine"
  exit 3
}

spaces=(--pid --mount --net --uts --ipc --cgroup --fork --kill-child)
if ((EUID == 0)); then
  unused_range
  # The real root must not own the world: an unprivileged id creates the user namespace, only the map is written by root.
  exec {go}<> <(:)
  exec {world}< <(exec setpriv --reuid "$base" --regid "$base" --clear-groups unshare --user \
    bash -c 'echo +map; read -r -u "$1"; shift; exec "$@"' - "$go" \
    unshare "${spaces[@]}" bash -c 'eval "$WORLD_SH"' drydock-world "$@" </dev/null 2>&1)
  keeper=$!
  while read -r -u "$world" line && [[ $line != +map ]]; do printf '%s\n' "$line"; done
  [[ $line == +map ]] || exit 3
  echo "0 $base 65536" >/proc/"$keeper"/uid_map && echo "0 $base 65536" >/proc/"$keeper"/gid_map && echo >&"$go"
else
  map=(--map-root-user)
  type -P newuidmap >/dev/null && { grep -q "^$(id -un):" /etc/subuid || grep -q "^$EUID:" /etc/subuid; } 2>/dev/null && map+=(--map-auto)
  exec {world}< <(exec unshare --user "${map[@]}" "${spaces[@]}" bash -c 'eval "$WORLD_SH"' drydock-world "$@" </dev/null 2>&1)
  keeper=$!
fi

# With the keeper goes a helper of unshare's, which waits for the user namespace in order to write its map: left alone it would wait
# for ever, and hold the pipe that is read below.
abandon() {
  local helpers=()
  kill -STOP "$keeper"
  read -ra helpers <"/proc/$keeper/task/$keeper/children"
  kill -9 "$keeper" "${helpers[@]}"
} 2>/dev/null
( exec {world}<&-; read -r word; [[ $word == keep ]] || abandon ) <&0 &
watcher=$!
ready=
while read -r -u "$world" line; do
  printf '%s\n' "$line"
  [[ $line == +ready ]] && { ready=yes; break; }
done
[[ $ready ]] || { kill "$watcher" "$keeper" 2>/dev/null; exit 3; }
wait "$watcher"
