# Starts a program of the lab on the machine itself on a terminal. Arguments: TERMINAL COMMAND...; an empty TERMINAL is the one that this
# runs on. sudo is given no terminal: it would put one of its own between, whose size and settings are others.
tty=$1
shift
if [[ -z $tty ]]; then
  tty=$(tty) || exit
  # When the terminal hangs up, the program does, and this after it.
  trap : HUP
fi
setsid --wait "$@" "$tty" </dev/null >/dev/null 2>&1
