# Runs a command in a lab host, on the machine where that stands. Arguments: PID STARTED COMMAND...; see MachineProcess for the first two.
# Whoever calls this has joined a session keyring that holds nothing of the starter's.
pid=$1 started=$2
shift 2
{ read -r stat <"/proc/$pid/stat"; } 2>/dev/null && stat=(${stat##*) }) && [[ ${stat[19]} == "$started" ]] ||
  { echo 'the lab host is gone' >&2; exit 113; }
# The bounds of build.sh hold for what comes from outside as well.
{ echo 1000 >/proc/self/oom_score_adj; ulimit -d 2097152; } 2>/dev/null
while IFS=: read -r _ controllers group; do
  [[ $group == */drydock-???????????? ]] || continue
  case $controllers in
    memory) echo "$$" >"/sys/fs/cgroup/memory$group/cgroup.procs" ;;
    '') echo "$$" >"/sys/fs/cgroup$group/cgroup.procs" ;;
  esac
done 2>/dev/null <"/proc/$pid/cgroup"
# A world of a single id has no groups to set, and no control groups, see world.sh.
further=(--cgroup)
[[ $(<"/proc/$pid/setgroups") == deny ]] && further=(--preserve-credentials)
exec nsenter --target "$pid" --user --mount --net --uts --ipc --pid --wdns=/ "${further[@]}" -- "$@"
