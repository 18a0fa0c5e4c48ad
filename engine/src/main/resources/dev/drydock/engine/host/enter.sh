# Runs a command in a lab host, on the machine where that stands. Arguments: WORLD PID STARTED COMMAND...: the number of
# the world's first process, and of the lab host's, with its start as MachineProcess has it.
# Whoever calls this has joined a session keyring that holds nothing of the starter's.
world=$1 pid=$2 started=$3
shift 3
{ read -r stat <"/proc/$pid/stat"; } 2>/dev/null && stat=(${stat##*) }) && [[ ${stat[19]} == "$started" ]] ||
  { echo 'the lab host is gone' >&2; exit 113; }
# The bounds of build.sh hold for what comes from outside as well.
echo 1000 >/proc/self/oom_score_adj
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
# Nobody inside ever sees a process with an id of the outside, not for the moment between nsenter's fork and its change of ids: whoever traced
# that would act as the starter. So it becomes root of the world first, where the inside cannot look.
exec prlimit --core=1:1 --data=2147483648:2147483648 nsenter --target "$world" --user ${further[0]/--cgroup} -- \
  nsenter --target "$pid" --user --mount --net --uts --ipc --pid --wdns=/ "${further[@]}" -- "$@"
