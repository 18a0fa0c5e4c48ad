# Joins a program inside a lab host to a terminal of this machine. Arguments: TERMINAL WORLD HOST INIT COMMAND...; an empty TERMINAL is the one
# that this runs on, WORLD and INIT are the numbers of the first processes of the world and the host, and COMMAND enters the host by itself.
tty=$1 world=$2 host=$3 init=$4
shift 4
leads=
if [[ -z $tty ]]; then
  tty=$(tty) || exit
  leads=yes
  # What is said here of a lab host that ends is not the program's to say.
  exec 2>/dev/null
fi

# The lab host's root is nobody's root here: the terminal becomes its own, or no program there could open it by name.
if ((EUID == 0)); then
  read -r _ owner _ <"/proc/$init/uid_map"
  chown "$owner" "$tty"
fi
outside=(nsenter --target "$world" --user --mount)
[[ $(<"/proc/$world/setgroups") == deny ]] && outside+=(--preserve-credentials)
# The terminal's own name means nothing inside, so it gets one there; `tty`, tmux and others look for it in /dev.
number=$("${outside[@]}" -- bash -c '
  for ((number = 1; number < 1000; number++)); do
    mkdir "/run/dev/$2.tty$number" 2>/dev/null || continue
    : >"/run/dev/$2/tty$number"
    if mount --bind "$1" "/run/dev/$2/tty$number"; then echo "$number"; else rm "/run/dev/$2/tty$number"; rmdir "/run/dev/$2.tty$number"; fi
    exit
  done' bind "$tty" "$host")

if [[ $leads ]]; then
  # This leads the session on the terminal. When it hangs up, only the leader is told: it takes the terminal's name away, and ends, which
  # tells the program. So it must not wait for the program's end, and what runs beside a shell has Ctrl-C ignored unless told otherwise.
  trap : HUP
  env --default-signal "$@" <>"$tty" >&0 2>&0 &
  wait "$!"
else
  # Opened in a subshell: a session leader would take the terminal as its own by opening it, but it is meant for the program.
  (exec <>"$tty" >&0 2>&0 && exec "$@")
fi
status=$?
[[ $number ]] && "${outside[@]}" -- bash -c 'umount -l "/run/dev/$2/tty$1" && rm "/run/dev/$2/tty$1" && rmdir "/run/dev/$2.tty$1"' unbind "$number" "$host"
exit "$status"
