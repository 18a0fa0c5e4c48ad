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

# Whether process $1 is an nsenter of enter.sh whose lab host is gone, see Stragglers.java.
straggler() {
  local words started
  mapfile -d '' words 2>/dev/null <"/proc/$1/cmdline" && [[ ${words[0]} == nsenter && ${words[1]} == --target ]] &&
    [[ "${words[*]:3:7}" == '--user --mount --net --uts --ipc --pid --wdns=/' && ${words[2]} =~ ^[0-9]+$ ]] &&
    look "$1" || return
  started=${stat[19]}
  ! { look "${words[2]}" && alive "${words[2]}" "${stat[19]}" && ((stat[19] <= started)) && ! below_killed "${words[2]}"; } && look "$1"
}

# Whether process $1 is below the first process of a world that was just killed: the kernel may not have come to it yet.
below_killed() {
  local pid=$1
  while [[ ! ${killed[pid]} ]]; do
    look "$pid" && pid=${stat[1]} || return
  done
}

end_stragglers() {
  local process
  for process in /proc/[0-9]*; do
    straggler "${process#/proc/}" && mine "${process#/proc/}" && finish "${process#/proc/}" "${stat[19]}"
  done
}

# groups: the control groups of worlds, see ControlGroups.java.
groups() {
  local digits=[0-9a-f][0-9a-f][0-9a-f][0-9a-f]
  ((UID == 0)) || return 0
  find /sys/fs/cgroup -maxdepth 1 -type d -uid 0 -name "drydock-$digits$digits$digits"
  find /sys/fs/cgroup/memory -maxdepth 12 -type d -uid 0 -name "drydock-$digits$digits$digits"
}

# end_group DIRECTORY: removes the one of a world that is gone, with what is still in it.
end_group() {
  local tries pid
  for ((tries = 0; tries < 400; tries++)); do
    rmdir "$1" 2>/dev/null && return
    while read -r pid; do kill -9 "$pid"; done 2>/dev/null <"$1/cgroup.procs" || return
    read -r -t 0.005 <> <(:)
  done
}

finish() {
  local tries
  kill -9 "$1" 2>/dev/null
  for ((tries = 0; tries < 200; tries++)); do
    alive "$1" "$2" || return 0
    read -r -t 0.005 <> <(:)
  done
}

killed=()
case $1 in
  alive) alive "$2" "$3" && echo alive ;;
  end)
    if alive "$3" "$4"; then
      keeper=${stat[1]} started=
      marked "$keeper" drydock-world && [[ $id == "$2" ]] && look "$keeper" && started=${stat[19]}
      finish "$3" "$4"
      killed[$3]=yes
      [[ $started ]] && alive "$keeper" "$started" && finish "$keeper" "$started"
      end_stragglers
    fi
    ;;
  sweep)
    family=$2
    shift 2
    keep=" $* "
    declare -A ended standing
    mapfile -t groups < <(groups 2>/dev/null)
    for process in /proc/[0-9]*; do
      pid=${process#/proc/}
      marked "$pid" drydock-build && mine "$pid" && keep+="$id " && standing[$id]=yes && echo "building $id"
    done
    for process in /proc/[0-9]*; do
      pid=${process#/proc/}
      marked "$pid" drydock-world && mine "$pid" && look "$pid" && alive "$pid" "${stat[19]}" || continue
      if [[ $id == "$family"* && $keep != *" $id "* ]]; then
        finish "$pid" "${stat[19]}"
        killed[pid]=yes
        ended[$id]=yes
      else
        standing[$id]=yes
      fi
    done
    end_stragglers
    for group in "${groups[@]}"; do
      [[ ${standing[${group##*drydock-}]} ]] || end_group "$group"
    done
    for id in "${!ended[@]}"; do echo "ended $id"; done
    ;;
esac
exit 0
