# Runs a command in a lab host of a machine that is far away. Arguments: PID STARTED COMMAND...; see MachineProcess for the first two.
pid=$1 started=$2
shift 2
{ read -r stat <"/proc/$pid/stat"; } 2>/dev/null && stat=(${stat##*) }) && [[ ${stat[19]} == "$started" ]] ||
  { echo 'the lab host is gone' >&2; exit 113; }
[[ $(<"/proc/$pid/setgroups") == deny ]] && credentials=--preserve-credentials
exec nsenter --target "$pid" --user --mount --net --uts --ipc --pid --cgroup --wdns=/root $credentials -- "$@"
