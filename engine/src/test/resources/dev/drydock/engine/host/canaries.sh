# What a way out of a sandbox would change on the machine, for EscapeCases. Arguments: SECRET OPEN PID.
cd /
echo "secret $(<"$1")"
echo "open $(<"$2")"
read -r stat <"/proc/$3/stat" && stat=(${stat##*) })
echo "process ${stat[0]/[RSD]/runs} nice ${stat[16]} $(grep -E 'open files|processes' "/proc/$3/limits" | tr -s ' ') $(grep Cpus_allowed_list "/proc/$3/status") $(<"/proc/$3/oom_score_adj")"
echo "name $(hostname) $(</proc/sys/kernel/domainname)"
for setting in kernel/core_pattern kernel/modprobe kernel/sysrq kernel/pid_max kernel/panic kernel/printk kernel/threads-max kernel/keys/maxkeys vm/overcommit_memory \
  vm/swappiness vm/panic_on_oom vm/nr_hugepages fs/file-max fs/nr_open fs/protected_symlinks fs/suid_dumpable fs/inotify/max_user_watches net/core/rmem_max \
  net/core/wmem_max net/ipv4/tcp_mem net/ipv4/ip_forward net/netfilter/nf_conntrack_max user/max_user_namespaces user/max_cgroup_namespaces; do
  echo "$setting $(cat "/proc/sys/$setting" 2>/dev/null)"
done
echo "clock $(($(date +%Y) > 2020))"
echo "swap $(wc -l </proc/swaps)"
find /sys/fs/cgroup /usr/local /usr/bin -maxdepth 6 -name 'drydock-was-here*' 2>/dev/null
[[ -e /usr/drydock-was-here ]] && echo /usr/drydock-was-here
ip -o link | cut -d: -f2 | grep -E 'out[01]|drydock'
cat /sys/kernel/uevent_helper 2>/dev/null
