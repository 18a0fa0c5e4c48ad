# Ends every process whose environment holds the line $1, their descendants, and whatever else holds the run's output open,
# until none is left. Stopping them first keeps a respawner or a fork bomb from outrunning the search.
declare -A doomed

marked() {
  local file pid
  while read -r file; do
    pid=${file#/proc/} pid=${pid%/environ}
    doomed[$pid]=yes
  done < <(grep -lsxzF -- "$1" /proc/[0-9]*/environ)
}

children() {
  local stat line rest pid grown=yes
  while [[ $grown ]]; do
    grown=
    for stat in /proc/[0-9]*/stat; do
      { read -r line <"$stat"; } 2>/dev/null || continue
      pid=${line%% *} rest=(${line##*) })
      [[ ${rest[0]} != Z && ! ${doomed[$pid]} && ${rest[1]} != 0 && ${doomed[${rest[1]}]} ]] && doomed[$pid]=yes grown=yes
    done
  done
}

# The process that entered the host: its parent is outside, so that it has none here. It is not stopped, because nsenter, the parent, would
# stop itself as well and stay, where nobody may be left to wake it.
entered=()
# Its pipes.
outputs=()
marked "$1"
for pid in "${!doomed[@]}"; do
  { read -r line <"/proc/$pid/stat"; } 2>/dev/null || continue
  rest=(${line##*) })
  [[ ${rest[1]} == 0 ]] || continue
  entered+=("$pid")
  for fd in 1 2; do
    pipe=$(readlink "/proc/$pid/fd/$fd")
    [[ $pipe == pipe:* ]] && outputs+=(-o -lname "pipe:\\[${pipe//[!0-9]/}\\]")
  done
done

for ((round = 0; round < 50; round++)); do
  children
  if ((${#outputs[@]})); then
    while read -r file; do
      pid=${file#/proc/}
      doomed[${pid%%/*}]=yes
    done < <(find /proc/[0-9]*/fd -maxdepth 1 "(" "${outputs[@]:1}" ")" 2>/dev/null)
  fi
  unset "doomed[1]" "doomed[$$]"
  ((${#doomed[@]})) || exit 0
  for pid in "${!doomed[@]}"; do
    [[ " ${entered[*]} " == *" $pid "* ]] || kill -STOP "$pid" 2>/dev/null
  done
  marked "$1"
  children
  unset "doomed[1]" "doomed[$$]"
  kill -KILL "${!doomed[@]}" 2>/dev/null
  doomed=()
  marked "$1"
done
exit 1
