# Asks about the worlds of a machine that is far away, and ends them: what LocalPlace does here by looking itself.
#   alive PID STARTED          prints "alive" when that very process runs
#   end ID PID STARTED         ends a world's first process, and the one outside that waits for it
#   sweep FAMILY [KEEP...]     ends every world of this account that carries the mark; prints "ended ID" and "building ID"

# Fills "stat" with the fields from the third on.
look() { { read -r stat <"/proc/$1/stat"; } 2>/dev/null && stat=(${stat##*) }); }

# Whether it runs; one that is being torn down (PF_EXITING) does not.
alive() { look "$1" && [[ ${stat[19]} == "$2" && ${stat[0]} != Z ]] && ! ((stat[6] & 4)); }

# The id behind the last mark $2 in the command line of process $1, in "id".
marked() {
  local words i
  id=
  mapfile -d '' words 2>/dev/null <"/proc/$1/cmdline" || return
  for ((i = ${#words[@]} - 2; i >= 0; i--)); do
    [[ ${words[i]} == "$2" ]] || continue
    [[ ${words[i + 1]} =~ ^[0-9a-f]{12}$ ]] && id=${words[i + 1]}
    break
  done
  [[ $id ]]
}

# Whether it is a process of this account's that no lab host made, see Leftovers.java.
mine() {
  local key first second more uid numbers=
  while read -r key first second more; do
    case $key in Uid:) uid=$first ;; NSpid:) [[ -z $more && ( -z $second || $second == 1 ) ]] && numbers=good ;; esac
  done 2>/dev/null <"/proc/$1/status"
  [[ $numbers ]] || return
  if ((UID == 0)); then ((uid == 0 || uid >= 1879048192)); else [[ $uid == "$UID" ]] || readlink "/proc/$1/ns/user" >/dev/null; fi
}

# Control groups of worlds that are gone, where the one who waits for that was killed, see build.sh.
empty_groups() {
  local controllers path group
  while IFS=: read -r _ controllers path; do
    case $controllers in
      memory) for group in "/sys/fs/cgroup/memory$path"/drydock-????????????; do rmdir "$group"; done ;;
      '') for group in /sys/fs/cgroup/drydock-????????????; do rmdir "$group"; done ;;
    esac
  done 2>/dev/null </proc/self/cgroup
}

finish() {
  local tries
  kill -9 "$1" 2>/dev/null
  for ((tries = 0; tries < 200; tries++)); do
    alive "$1" "$2" || return 0
    read -r -t 0.005 <> <(:)
  done
}

case $1 in
  alive) alive "$2" "$3" && echo alive ;;
  end)
    if alive "$3" "$4"; then
      keeper=${stat[1]} started=
      marked "$keeper" drydock-world && [[ $id == "$2" ]] && look "$keeper" && started=${stat[19]}
      finish "$3" "$4"
      [[ $started ]] && alive "$keeper" "$started" && finish "$keeper" "$started"
    fi
    ;;
  sweep)
    family=$2
    shift 2
    keep=" $* "
    declare -A ended
    for process in /proc/[0-9]*; do
      pid=${process#/proc/}
      marked "$pid" drydock-build && mine "$pid" && keep+="$id " && echo "building $id"
    done
    for process in /proc/[0-9]*; do
      pid=${process#/proc/}
      marked "$pid" drydock-world && [[ $id == "$family"* && $keep != *" $id "* ]] && mine "$pid" && look "$pid" || continue
      finish "$pid" "${stat[19]}"
      ended[$id]=yes
    done
    empty_groups
    for id in "${!ended[@]}"; do echo "ended $id"; done
    ;;
esac
exit 0
