# Becomes a program of the lab on the machine itself, in a control group of its own. Arguments: ID RUN COMMAND..., and in the end the
# terminal that is to control it, or nothing.
record=/var/lib/drydock/machine-world
[[ $(cat "$record/id" 2>/dev/null) == "$1" ]] || { echo 'the lab on this machine has ended' >&2; exit 113; }
while read -r _ _ _ root place rest; do
  type=${rest#* - }
  [[ $root == / && ${type%% *} == cgroup2 && -e $place/drydock-machine ]] && group=$place/drydock-machine/lab/$2
done </proc/self/mountinfo
mkdir "$group" || { echo 'the control group of the lab on this machine is gone' >&2; exit 113; }
tty=${!#}
set -- "${@:3:$#-3}"
(
  echo "$BASHPID" >"$group/cgroup.procs" && cd /root || exit
  if [[ $tty ]]; then exec <>"$tty" >&0 2>&0 setsid --ctty --wait "$@"; fi
  exec "$@"
)
status=$?
# What it left in the background stays in it.
rmdir "$group" 2>/dev/null
exit "$status"
