# Runs a command as the machine's root: as it is, or through sudo where that asks nothing. FIRST is "ask" where that was not tried yet.
# Arguments: FIRST COMMAND...
first=$1
shift
((EUID == 0)) && exec "$@"
if [[ $first == ask ]]; then
  type -P sudo >/dev/null || { echo '+refused a lab on the machine itself needs its root, and sudo is not installed here'; exit 3; }
  sudo -n true 2>/dev/null || { echo '+refused a lab on the machine itself needs its root, and sudo wants a password here: run it as root, or give this account a sudo without one'; exit 3; }
fi
exec sudo -n -- "$@"
