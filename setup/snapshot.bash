# Sourced by ./test: what the machine looks like from outside, so that "before" and "after" can be compared.

# snapshot FILE: addresses, routes, rules and mounts in FILE, which must stay the same to the letter; control groups, sandboxed
# processes and files in FILE.more, to which nothing may be added (other programs of the machine may take their own away).
snapshot() {
  {
    echo '# links and addresses'
    ip -o addr | sed -E 's/ (valid_lft|preferred_lft) [^ ]+//g'
    ip -o link | sed -E 's/ qlen [0-9]+//'
    echo '# routes and rules'
    ip route show table all
    ip rule
    echo '# namespaces'
    ip netns list
    echo '# packet filter'
    if ((EUID == 0)); then nft list ruleset; fi
    echo '# forwarding'
    cat /proc/sys/net/ipv4/ip_forward
    echo '# mounts'
    # Mount numbers and peer groups may be counted on; places and sources may not change.
    cut -d' ' -f4-6 /proc/self/mountinfo | sort
  } >"$1" 2>&1
  {
    # A container's control group is named by its 64 digits, or lies below its engine's.
    find /sys/fs/cgroup -type d 2>/dev/null | grep -iE 'docker|containerd|drydock|[0-9a-f]{64}'
    sandboxed_processes | sed 's/^/process /'
    find /etc /run /var/lib /dev/shm "$HOME" -xdev \
      \( -path "$HOME/.m2" -o -path "$drydock_root" -o -path "${drydock_scratch:-/nonexistent}" \) -prune -o -print 2>/dev/null
    # Others may use these meanwhile, so what counts is what carries a name that Drydock, its tools or its tests give.
    find /tmp /var/tmp -xdev \( -path "$drydock_root" -o -path "${drydock_scratch:-/nonexistent}" \) -prune -o -print 2>/dev/null |
      grep -iE 'drydock|jline|junit|tmux|hsperf|docker|containerd|dnsmasq|world|/(var/)?tmp/(lab|tmp\.)'
  } 2>&1 | sort >"$1.more"
}

# sandboxed_processes: every process of a network or user namespace other than this shell's, or that carries Drydock's mark.
sandboxed_processes() {
  local process net user mine_net mine_user
  mine_net=$(readlink /proc/self/ns/net)
  mine_user=$(readlink /proc/self/ns/user)
  for process in /proc/[0-9]*; do
    net=$(readlink "$process/ns/net" 2>/dev/null) || continue
    user=$(readlink "$process/ns/user" 2>/dev/null) || continue
    if [[ $net != "$mine_net" || $user != "$mine_user" ]] || grep -qaE 'drydock-(world|build)' "$process/cmdline" 2>/dev/null; then
      printf '%s %s\n' "${process#/proc/}" "$({ tr '\0\n' '  ' <"$process/cmdline"; } 2>/dev/null)"
    fi
  done
}
