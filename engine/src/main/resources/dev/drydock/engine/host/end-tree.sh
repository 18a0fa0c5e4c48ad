# Ends every process whose environment holds the line $1, and their descendants, until none is left.
# Stopping them first keeps a fork bomb or a respawner from outrunning the search.
for ((round = 0; round < 50; round++)); do
  doomed=()
  declare -A is=()
  while read -r file; do
    pid=${file#/proc/} pid=${pid%/environ}
    [[ $pid == $$ ]] || is[$pid]=yes
  done < <(grep -lsxzF -- "$1" /proc/[0-9]*/environ)
  grown=yes
  while [[ $grown ]]; do
    grown=
    for stat in /proc/[0-9]*/stat; do
      { read -r line <"$stat"; } 2>/dev/null || continue
      pid=${line%% *} rest=(${line##*) })
      [[ ${rest[0]} != Z && ! ${is[$pid]} && ${rest[1]} != 0 && ${is[${rest[1]}]} ]] && is[$pid]=yes && grown=yes
    done
  done
  unset "is[1]"
  doomed=("${!is[@]}")
  ((${#doomed[@]})) || exit 0
  kill -STOP "${doomed[@]}" 2>/dev/null
  # A second look before killing: what was forked before the stop is still a child of what was stopped.
  while read -r file; do
    pid=${file#/proc/} pid=${pid%/environ}
    doomed+=("$pid")
  done < <(grep -lsxzF -- "$1" /proc/[0-9]*/environ)
  kill -KILL "${doomed[@]}" 2>/dev/null
done
exit 1
