# Reads everything about one lab host in one round trip. Sweep.java puts before this text: NONCE, SYSCTLS, DOCKER and READ (1 or 0; without
# READ it only asks), PACKET_FILTER (the functions that read a packet filter, or nothing), how long to wait for what (Patience.java) and the
# function ask_all, which calls ask once for each active probe, those of containers apart because Docker must tell about them first.
#
# Each section is a file of its own while it is written, so that everything can run at the same time. What is only read is printed as
# soon as all of it is there, followed by RS NONCE "read", then the packet filters, followed by RS NONCE "rules"; what the probes left comes at the end. A section is RS NONCE "out" KEY, its standard output, RS NONCE "end" STATUS; its standard error follows RS NONCE "err" KEY.
# No probe is told the nonce, so no output can look like a section. A section without an end was cut off.
#
# A process costs more than anything else here: what bash can read by itself, it does. From a pipe bash takes each byte by itself: much that
# another program prints goes through a file, and a line in a variable is not read again.

export LC_ALL=C PATH="$PATH:/usr/sbin:/usr/bin:/sbin:/bin"
# A name server that does not answer would hold a probe for ten seconds.
SWEEP=$$
export RES_OPTIONS='timeout:2 attempts:1' SILENCE NAME_SILENCE NAME_LOOKS ARP_SILENCE LOST_AFTER DATAGRAM SWEEP
unset BASH_ENV ENV CDPATH
umask 077
shopt -s nullglob
# A full disk takes the first bytes of many files and none of their rest, so room for all is asked for at once.
for D in "${TMPDIR:-/tmp}" /run /dev/shm ''; do
    [[ $D ]] || { echo "there is no room left in /tmp, /run or /dev/shm of the lab host; rm what fills it" >&2; exit 98; }
    D+=/.drydock-sweep-$NONCE
    mkdir "$D" 2>/dev/null || continue
    { printf '%262144s' '' >"$D/room"; } 2>/dev/null && rm "$D/room" && break
    rm -rf "$D"
done

# The part that runs inside each namespace too.
read -rd '' LIBRARY <<'LIBRARY_END'
# section KEY COMMAND...: runs the command, its output, errors and exit status kept apart. Where many namespaces are read, what is read in one
# of them goes to the output of its shell, because opening files costs as much as reading; all but the output of ip, which is looked at.
section() {
    local key=$1 status
    shift
    if ((MANY)) && [[ $key == ns.$INSIDE.* && $key != *.ip ]]; then
        printf '\036%s err %s\n' "$NONCE" "$key" >&2
        printf '\036%s out %s\n' "$NONCE" "$key"
        "$@"
        status=$?
        printf '\036%s end %d\n' "$NONCE" "$status"
        return "$status"
    fi
    printf '\036%s err %s\n' "$NONCE" "$key" >"$D/$key.err"
    {
        printf '\036%s out %s\n' "$NONCE" "$key"
        "$@"
        status=$?
        printf '\036%s end %d\n' "$NONCE" "$status"
    } >"$D/$key.out" 2>>"$D/$key.err"
    return "$status"
}

# kernel_values SYSCTL...: these, and what else may decide about a packet, a line each: PATH:VALUE. Where many namespaces are read, those of the
# rooms tell only what is asked for, and where packets are to be followed what a packet meets.
kernel_values() {
    local file value paths=("${@/#//proc/sys/}") n=/proc/sys/net
    for file in /proc/net/ip_tables_names /proc/net/ip6_tables_names; do
        [[ -e $file ]] || continue
        { mapfile -t value <"$file"; } 2>/dev/null || value=unreadable
        printf '%s:%s\n' "${file##*/}" "${value[*]}"
    done
    if ((MANY)) && [[ $INSIDE ]]; then
        if declare -F nft_rules >/dev/null; then
            paths+=("$n"/ipv4/conf/*/{forwarding,rp_filter,proxy_arp,proxy_arp_pvlan,arp_ignore})
            paths+=("$n"/ipv4/conf/*/{accept_local,route_localnet,src_valid_mark,arp_announce,arp_filter,ignore_routes_with_linkdown})
            paths+=("$n"/ipv6/conf/*/{disable_ipv6,forwarding,force_forwarding,proxy_ndp})
        fi
        values
        return 0
    fi
    paths+=("$n"/ipv4/conf/*/{forwarding,rp_filter,proxy_arp,proxy_arp_pvlan,arp_ignore,arp_announce,arp_filter,arp_accept})
    paths+=("$n"/ipv4/conf/*/{accept_local,route_localnet,src_valid_mark,send_redirects,promote_secondaries,ignore_routes_with_linkdown})
    paths+=("$n"/ipv6/conf/*/{disable_ipv6,forwarding,force_forwarding,proxy_ndp,accept_ra} "$n"/ipv6/{ip_nonlocal_bind,bindv6only})
    paths+=("$n"/ipv4/{ip_{nonlocal_bind,no_pmtu_disc,local_port_range,unprivileged_port_start},icmp_{echo_ignore_broadcasts,ratelimit,ratemask}})
    paths+=("$n"/ipv4/{fib_multipath_hash_policy,tcp_{mtu_probing,fwmark_accept},neigh/default/gc_thresh{1,2,3}})
    paths+=("$n"/bridge/bridge-nf-call-{iptables,ip6tables,arptables})
    paths+=("$n"/netfilter/nf_conntrack_{max,helper,tcp_loose,tcp_be_liberal,tcp_timeout_established,udp_timeout,icmp_timeout})
    values
    return 0
}

# Opening a file costs grep two thirds of what it costs bash, and its start as much as a hundred files.
values() {
    if ((${#paths[@]} > 300)); then
        grep -sH '' "${paths[@]}"
        return
    fi
    for file in "${paths[@]}"; do
        [[ -e $file ]] && IFS= read -r value <"$file" && printf '%s:%s\n' "$file" "$value"
    done 2>/dev/null
}

legacy_rules() {
    local names
    { mapfile -t names <"/proc/net/$1"; } 2>/dev/null
    [[ ${#names[@]} == 0 ]] || section "$2" "$3"
}

# Who listens. Where the kernel counts no socket at all, ss would say nothing and cost more than all else here. TCP: inuse 1 orphan 0 tw 0 …
sockets() {
    local lines line
    { mapfile -t lines </proc/net/sockstat && mapfile -tO "${#lines[@]}" lines </proc/net/sockstat6; } 2>/dev/null
    for line in "${lines[@]}"; do
        [[ $line =~ ^(TCP|UDP)6?:' inuse '[1-9] ]] && lines=() && break
    done
    [[ ${#lines[@]} != 0 ]] || ss -Hlntup
}

# inside INODE SYSCTL...: the same in a shell of its own, whose outputs are those of an open section, which ends here: it was entered.
inside() {
    INSIDE=$1
    ((MANY)) && printf '\036%s end 0\n' "$NONCE"
    namespace "$@"
    return 0
}

# namespace INODE SYSCTL...: reads the namespace that this shell is in.
namespace() {
    local inode=$1
    shift
    # Two lines of work, not one for each command: a subshell costs as much as some of the commands. Where many namespaces are read
    # side by side, one line.
    if ((MANY)); then rules "$inode"; else rules "$inode" & fi
    section "ns.$inode.ip" ip -N -d -j -force -batch - <<<"$BATCH"
    has_ipv6 "$D/ns.$inode.ip.out" && section "ns.$inode.rules6" ip -N -d -j -6 rule
    section "ns.$inode.ss" sockets
    section "ns.$inode.values" kernel_values "$@"
    declare -F filter_queues >/dev/null && section "queues.$inode" filter_queues
    declare -F nft_rules >/dev/null && has_tables "$D/ns.$inode.ip.out" && section "forwarding.$inode" bridge -j fdb show
    wait
}

# Without a ruleset of nft's to be read, one process tells instead of two whether there is anything for iptables to show.
rules() {
    local inode=$1
    if declare -F nft_rules >/dev/null; then
        section "filter.$inode" nft_rules && has_no_tables "$D/filter.$inode.out" && set -- "$1" none
    elif ((MANY)) && type -P nft >/dev/null; then
        section "tables.$inode" nft -t -j list ruleset && has_no_tables "$D/tables.$inode.out" && set -- "$1" none
    fi
    if [[ $2 == none ]]; then
        section "ns.$inode.nft4" :
        section "ns.$inode.nft6" :
    else
        section "ns.$inode.nft4" iptables-nft-save
        section "ns.$inode.nft6" ip6tables-nft-save
    fi
    legacy_rules ip_tables_names "ns.$inode.legacy4" iptables-legacy-save
    legacy_rules ip6_tables_names "ns.$inode.legacy6" ip6tables-legacy-save
}

# Nothing that iptables could show either.
has_no_tables() {
    local rules
    # tables come first
    IFS= read -rd '' -N 4096 rules <"$1"
    [[ $rules == *'"metainfo"'* && $rules != *'"table"'* ]]
}

# An address of IPv6 beyond ::1 and those of links.
has_ipv6() {
    local links
    IFS= read -rd '' links <"$1"
    [[ $links == *'"inet6","local":"'[!:f]* || $links == *'"inet6","local":"f'[cd]* ]]
}

has_tables() {
    local links
    IFS= read -rd '' links <"$1"
    [[ $links == *'"info_kind":"vxlan"'* || $links == *'"info_slave_kind":"bridge"'* ]]
}
LIBRARY_END
LIBRARY+=$'\n'$PACKET_FILTER
eval "$LIBRARY"

# What ip is asked in each namespace. For `netns list-id` ip opens every name under /run/netns: with many of them, that is asked later and
# only where it matters.
BATCH=$'addr\nroute show table all root 0.0.0.0/0\nroute show table all root ::/0\nneigh show nud all\n'
# From so many names on.
FEW=16
# As many namespaces are read at a time.
WIDTH=64

# hosts_file PID...: the file as one of these processes sees it, all in the same mount namespace; any of them may end at any time.
hosts_file() {
    local pid path file text
    for pid; do
        path=/proc/$pid/root/etc/hosts
        if [[ -f $path ]] && { exec {file}<"$path"; } 2>/dev/null; then
            IFS= read -rd '' -N 262144 -u "$file" text
            exec {file}<&-
            printf '%s' "$text"
            return 0
        fi
        [[ -e $path ]] && return 4
        # Asked last, for a process that ended takes its files along.
        [[ -e /proc/$pid/ns/mnt ]] && return 3
    done
    echo "No such file or directory: every process of it ended" >&2
    return 5
}

# enter INODE SYSCTL...: reads a network namespace through the first of its files that can still be opened; a process may end at any time.
enter() {
    local files=${paths[$1]} file net
    while [[ $files ]]; do
        file=${files%%//*}
        files=${files#*//}
        { exec {net}<"$file"; } 2>/dev/null || continue
        nsenter --net="/proc/self/fd/$net" bash -c "$LIBRARY"$'\ninside "$@"' inside "$@"
        return
    done
    echo "No such file or directory: nothing holds it any more" >&2
    return 1
}

# Pairs of a netns name and its own hosts file, each ending in NUL.
named_hosts() {
    local file text name
    for file in /etc/netns/*/hosts; do
        [[ -f $file ]] || continue
        text=
        IFS= read -rd '' -N 262144 text <"$file"
        name=${file#/etc/netns/}
        printf '%s\0%s\0' "${name%/hosts}" "$text"
    done
}

# What ip calls tables of routes, which it is asked for by number.
table_names() {
    local file lines
    for file in /{etc,usr/share}/iproute2/rt_tables{,.d/*.conf}; do
        [[ -f $file ]] && mapfile -n 4096 lines <"$file" && printf '%s' "${lines[@]}"
    done
    return 0
}

processes() {
    local entry pid name words line
    for entry in "${seen[@]}"; do
        [[ $entry == *' /proc/'*/ns/net ]] || continue
        pid=${entry##* /proc/}
        pid=${pid%%/*}
        [[ $pid == "$$" || $pid == "$scanner" ]] && continue
        name=
        words=()
        { IFS= read -rd '' name <"/proc/$pid/comm"; mapfile -td '' words <"/proc/$pid/cmdline"; } 2>/dev/null
        line=${words[*]}
        # what lab trace runs beside us, and its ping by the payload
        [[ $line == *drydock_trace* || $line == *' -p 44525944'* ]] && continue
        [[ $name ]] && printf '%s\0%s\0%s\0%s\0' "$pid" "${entry%% *}" "${name%$'\n'}" "${line:0:4096}"
    done
    return 0
}

socket=${DOCKER_HOST:-unix:///var/run/docker.sock}
socket=${socket#unix://}

# The daemon that listens on the socket, where it is stopped: then it takes every request and answers none.
stopped_daemon() {
    local stat line inode='' descriptors
    for stat in /proc/[0-9]*/stat; do
        { IFS= read -r stat <"$stat"; } 2>/dev/null || continue
        [[ $stat == *' (dockerd) '[Tt]' '* ]] || continue
        stat=${stat%% *}
        # The machine's own place sees the daemons of all worlds.
        [[ /proc/$stat/ns/pid -ef /proc/self/ns/pid ]] || continue
        while read -r line; do
            [[ $line == *' 00010000 '*"/${socket##*/}" ]] && read -r _ _ _ _ _ _ inode _ <<<"$line"
        done </proc/net/unix
        descriptors=$(find "/proc/$stat/fd" -lname 'socket:*' -printf '%l\n' 2>/dev/null)
        [[ ! $inode || ! $descriptors || $descriptors == *"socket:[$inode]"* ]] || continue
        echo "its daemon is stopped; kill -CONT $stat lets it go on" >&2
        return 0
    done
    return 1
}

# Whether a request waits at the socket that no daemon has taken: a connection without an inode.
untaken() {
    local line
    while read -r line; do
        [[ $line == *' 00000000 '*' 0 '*"/${socket##*/}" ]] && return 0
    done </proc/net/unix
    return 1
}

# Whether there is a daemon, and neither it nor what works for it does anything. However busy the machine, who is about to go on waits for
# a processor (R) or a disk (D).
daemon_is_idle() {
    local daemon='' stat state
    for stat in /proc/[0-9]*/stat; do
        { IFS= read -r stat <"$stat"; } 2>/dev/null || continue
        [[ $stat == *' ('@(dockerd|docker-*|containerd*|runc*|exe|iptables*|ip6tables*)') '* && /proc/${stat%% *}/ns/pid -ef /proc/self/ns/pid ]] ||
            continue
        [[ $stat == *' (dockerd) '* ]] && daemon=yes
        for state in /proc/${stat%% *}/task/*/stat; do
            { IFS= read -r state <"$state"; } 2>/dev/null || continue
            [[ ${state##*) } == [RD]' '* ]] && return 1
        done
    done
    [[ $daemon ]]
}

# A time limit alone would call a daemon hung that only has much to do: from a second on, what the kernel says of it is looked at twice a second.
daemon_sleeps() {
    stopped_daemon && return 0
    if daemon_is_idle; then ((++idle_for)); else idle_for=0; fi
    if ((idle_for >= 3)) && untaken; then
        echo "its daemon takes no request and does nothing; it is frozen, or hangs" >&2
    elif ((idle_for >= 6)); then
        echo "its daemon took the request and does nothing; it hangs" >&2
    else
        return 1
    fi
}

# and_its_end COMMAND...: runs the command, and tells its pid and then its exit status, a line each, at file descriptor 3. A bash that waits for
# a process substitution with "wait" gets 255 now and then, where other processes end meanwhile.
read -rd '' AND_ITS_END <<'AND_ITS_END_END'
and_its_end() {
    "$@" 3>&- <&0 &
    printf '%d\n' "$!" >&3
    { wait "$!"; } 2>/dev/null
    printf '%d\n' "$?" >&3
}
AND_ITS_END_END
eval "$AND_ITS_END"

# afresh ADDRESS...: what asks next must not be answered by the end of this asking. The next hop that ARP still asks for may be there by then,
# and when ARP gives up, what waits for it is thrown away.
read -rd '' AFRESH <<'AFRESH_END'
next_hop() {
    local way
    way=$(ip -o route get "$1" 2>/dev/null)
    hop=$1
    if [[ $way == *' via '* ]]; then
        hop=${way#* via }
        hop=${hop#inet6 }
        hop=${hop%% *}
    fi
}
afresh() {
    local address hop entry
    for address; do
        next_hop "$address"
        entry=$(ip neigh show to "$hop" nud incomplete 2>/dev/null)
        [[ $entry ]] || continue
        entry=${entry#* dev }
        ip neigh change "$hop" dev "${entry%% *}" nud failed 2>/dev/null
    done
}
AFRESH_END

# asking_daemon COMMAND...: what asks the daemon, and its end as soon as the daemon turns out to hang: then the status is 28, as curl's.
asking_daemon() {
    local out alive command status='' part look=$LOOK idle_for=0
    stopped_daemon && return 28
    exec {out}>&1
    exec {alive}< <(and_its_end "$@" 3>&1 1>&"$out" {out}>&-)
    exec {out}>&-
    read -ru "$alive" command
    # the time may be up amid a line; what was read of it is in "part" then
    until read -rt "$look" -u "$alive" part || (($? <= 128)); do
        status+=$part
        look=$AGAIN
        if daemon_sleeps; then
            kill "$command"
            exec {alive}<&-
            return 28
        fi
    done
    status+=$part
    exec {alive}<&-
    return "${status:-1}"
}

engine() {
    local urls=() path status
    for path; do
        urls+=("http://docker$path")
    done
    asking_daemon curl -q -sS -g --noproxy '*' -m "$ENGINE_SILENCE" --unix-socket "$socket" -w $'\035%{http_code}\035' -- "${urls[@]}" 2>"$D/engine.said"
    status=$?
    # 7: there is no socket, or nobody listens on it
    if ((status == 7)); then
        echo "its daemon does not run; containers go on without it, and starting dockerd again lets it answer" >&2
    elif ((status == 28)) && [[ $(<"$D/engine.said") == 'curl: '* ]]; then
        # The time was up before the daemon was seen to do nothing, or it works all the time.
        echo "its daemon gave no answer in $ENGINE_SILENCE s; it hangs, or this machine has too much to do" >&2
    else
        printf '%s' "$(<"$D/engine.said")" >&2
    fi
    return "$status"
}

# The engine's list is one request, the details need the ids, and curl takes longer to start than Docker to answer. So guess the
# ids from Docker's folder, ask for all of it at once, and ask again only for what the guess missed.
docker_facts() {
    local folder guessed=() missed=() list
    for folder in /var/lib/docker/containers/* "$HOME"/.local/share/docker/containers/*; do
        folder=${folder##*/}
        [[ $folder =~ ^[0-9a-f]{64}$ ]] && guessed+=("/containers/$folder/json")
    done
    section docker.first engine '/containers/json?all=1' /networks "${guessed[@]}"
    IFS= read -rd $'\035' list <"$D/docker.first.out"
    mapfile -t list <<<"${list//'"Id":"'/$'\n'}"
    for folder in "${list[@]:1}"; do
        folder=${folder:0:64}
        [[ $folder =~ ^[0-9a-f]{64}$ && " ${guessed[*]} " != *" /containers/$folder/json "* ]] &&
            missed+=("/containers/$folder/json")
    done
    [[ ${#missed[@]} == 0 ]] || section docker.second engine "${missed[@]}"
}

# Sets container_pid, or fails after saying why the container cannot be entered.
find_container() {
    local name=$1 file body bodies
    for file in "$D/docker.first.out" "$D/docker.second.out"; do
        [[ -e $file ]] || continue
        mapfile -td $'\035' bodies <"$file"
        for body in "${bodies[@]}"; do
            if [[ $body == *'"Name":"/'"$name"'"'* || $body == '{"Id":"'"$name"* ]]; then
                [[ $body =~ \"Pid\":([0-9]+) ]] && container_pid=${BASH_REMATCH[1]}
                [[ $container_pid -gt 0 ]] && return 0
                echo "container $name is not running"
                return 1
            fi
        done
    done
    if docker_is_silent; then
        echo "Docker does not answer, so container $name was not found"
    else
        echo "there is no container $name"
    fi
    return 1
}

# Whether something was said of asking Docker beyond the mark.
docker_is_silent() {
    local said
    { IFS= read -rd '' said <"$D/docker.first.err"; } 2>/dev/null
    [[ $said == *$'\n'?* ]]
}

# find_place KIND NAME: sets network to the file of its namespace, nothing for the lab host's, and files to the folder of its own files; or
# fails after saying why it cannot be entered.
find_place() {
    network='' files=''
    case $1 in
        netns)
            network=/run/netns/$2 files=/etc/netns/$2
            [[ -e $network ]] || { echo "there is no namespace $2"; return 1; }
            ;;
        container)
            find_container "$2" || return
            network=/proc/$container_pid/ns/net files=/proc/$container_pid/root/etc
            ;;
        pid)
            network=/proc/$2/ns/net files=/proc/$2/root/etc
            [[ -e $network ]] || { echo "there is no process $2"; return 1; }
            ;;
    esac
}

# ask NUMBER KIND NAME [watching KIND NAME] NAMES COMMAND...: runs the command in the network namespace of a scope; NAMES is 1 where names must
# be resolved as that scope's own files say. What the kernel counts in the namespace that is watched the command finds open, as
# datagram.pl takes it.
ask() {
    local number=$1 kind=$2 name=$3 names watched='' network files file text binds=()
    shift 3
    if [[ $1 == watching ]]; then
        find_place "$2" "$3" >/dev/null && watched=${network:-/proc/$$/ns/net}
        shift 3
    fi
    names=$1
    shift
    find_place "$kind" "$name" >"$D/reason.$number" || { section "norun.$number" echo "$(<"$D/reason.$number")"; return; }
    resolver=/etc/resolv.conf switch=/etc/nsswitch.conf
    if [[ $kind == container || $kind == pid ]]; then
        resolver=$files/resolv.conf switch=$files/nsswitch.conf
    elif [[ $files ]]; then
        [[ -f $files/resolv.conf ]] && resolver=$files/resolv.conf
        [[ -f $files/nsswitch.conf ]] && switch=$files/nsswitch.conf
    fi
    export resolver switch
    # What an author wrote would wait for a daemon that is stopped, and its silence would pass for its output.
    if [[ $1 == timeout && ${*: -1} == *docker* ]] && stopped_daemon 2>"$D/reason.$number"; then
        section "norun.$number" echo "Docker does not answer: $(<"$D/reason.$number")"
        return
    fi
    if [[ $watched ]]; then
        set -- nsenter --net="$watched" bash -c 'p=/proc/self/net; exec 7<$p/snmp 9<$p/udp; [[ -e $p/udp6 ]] && exec 8<$p/snmp6 10<$p/udp6; exec "$@"' \
            watch nsenter --net="${network:-/proc/$$/ns/net}" "$@"
    elif [[ $network ]]; then
        set -- nsenter --net="$network" "$@"
    fi
    if [[ $names == 1 && $files ]]; then
        # a file of another mount namespace cannot be bound, a copy can
        for file in hosts resolv.conf nsswitch.conf; do
            [[ -f $files/$file || $kind != netns ]] && [[ -e /etc/$file ]] || continue
            text=
            { IFS= read -rd '' -N 262144 text <"$files/$file"; } 2>/dev/null
            printf '%s' "$text" >"$D/$file.$number"
            binds+=("$D/$file.$number" "/etc/$file")
        done
        [[ ${#binds[@]} == 0 ]] ||
            set -- unshare --mount bash -c 'while [[ $1 != -- ]]; do mount --bind "$1" "$2" || exit 125; shift 2; done; shift; exec "$@"' \
                names "${binds[@]}" -- "$@"
    fi
    # a flood of output is cut off by the kernel (SIGXFSZ)
    ulimit -f 1024
    section "probe.$number" "$@"
}

# SERVER ID NAME COUNT SIZE LOST: asks for a name as glibc's resolver does, over UDP, COUNT times with ids from ID on. Without a SERVER the file
# $resolver says whom: up to three servers in turn, the next one after silence, SERVFAIL or REFUSED; and under which names: the domains of
# search, before or after the name itself as ndots says. Prints the lines of that file ("conf …"), the line of $switch for hosts ("switch …"), for
# each question "ask SERVER NAME" and below it a line of hex for each answer, filled up to SIZE bytes ("got …"), or what kept it from being
# sent or answered ("err …"); nothing where nothing came. Each server that is asked stands in a file LOST.asked; for those in a file LOST
# nobody waits who waited half a second. Of a name without an address of IPv4 the server is asked for one of IPv6, which is told as
# a question of its own where it has one. Needs no DNS tool.
read -rd '' NAME_QUESTION <<'QUESTION_END'
type -P dd od timeout >/dev/null || { echo "dd, od or timeout is missing" >&2; exit 8; }
set -f
server=$1 id=$2 wanted=$3 count=$4 size=$5 lost=$6
servers=() domains=() ndots=1 names=() silent= vc=
if [[ $server ]]; then
    servers=("$server")
else
    { mapfile -t lines <"$switch"; } 2>/dev/null && for line in "${lines[@]}"; do
        [[ ${line%%#*} =~ ^[[:space:]]*hosts: ]] && printf 'switch %s\n' "$line"
    done
    lines=()
    [[ -f $resolver ]] && { mapfile -t lines <"$resolver"; } 2>/dev/null
    for line in "${lines[@]}"; do
        printf 'conf %s\n' "$line"
        read -ra words <<<"${line%%[#;]*}"
        case $words in
            nameserver) [[ ${words[1]} && ${#servers[@]} -lt 3 ]] && servers+=("${words[1]}") ;;
            search | domain) domains=("${words[@]:1}") ;;
            options)
                [[ " ${words[*]}" =~ ' ndots:'([0-9]+) ]] && ndots=${BASH_REMATCH[1]}
                [[ " ${words[*]} " == *' use-vc '* ]] && vc=yes ;;
        esac
    done
    [[ ${servers[*]} ]] || servers=(127.0.0.1)
fi
dots=${wanted//[!.]/}
[[ $server || $wanted == *. || ${#dots} -ge $ndots ]] && names=("${wanted%.}")
if [[ ! $server && $wanted != *. ]]; then
    for domain in "${domains[@]}"; do names+=("$wanted${domain:+.${domain%.}}"); done
    [[ ${names[0]} == "$wanted" ]] || names+=("$wanted")
fi
# Reads the answers of a server until all came, the time is up or they are known not to come.
answers() {
    local waited
    for waited in $NAME_LOOKS; do
        timeout "$waited" dd bs="$size" count="$count" conv=sync status=none <&3
        (($? == 124)) || return
        [[ -e $lost && " $(<"$lost") " == *" $1 "* ]] && return
    done
}
# query SERVER NAME TYPE: the reports of the answers, and of what went wrong. With the option use-vc the question goes by TCP.
query() {
    local question='\x01\x00\x00\x01\x00\x00\x00\x00' label i n answers why
    ((size > 512)) && question+='\x00\x01' || question+='\x00\x00'
    for label in ${2//./ }; do
        printf -v n '\\x%02x' ${#label}
        question+=$n
        for ((i = 0; i < ${#label}; i++)); do
            printf -v n '\\x%02x' "'${label:i:1}"
            question+=$n
        done
    done
    question+="\x00\x00\x${3:-01}\x00\x01"
    ((size > 512)) && printf -v n '\\x00\\x00\\x29\\x%02x\\x%02x\\x00\\x00\\x00\\x00\\x00\\x00' $((size >> 8)) $((size & 255)) && question+=$n
    send() {
        for ((i = id; i < id + count; i++)); do
            printf -v n '\\x%02x\\x%02x' $((i >> 8 & 255)) $((i & 255))
            printf "$n$question"
        done
    }
    if [[ $vc ]]; then
        for ((i = id; i < id + count; i++)); do
            printf -v n '\\x%02x\\x%02x\\x%02x\\x%02x' $((2 + ${#question} / 4 >> 8)) $((2 + ${#question} / 4 & 255)) $((i >> 8 & 255)) $((i & 255))
            timeout "$NAME_SILENCE" bash -c 'exec 3<>"/dev/tcp/$1/53" || exit; printf "$2" >&3; dd bs="$3" count=1 conv=sync status=none <&3' \
                tcp "$1" "$n$question" $((size + 2)) 2> >(tail -n 1 >&2) | od -An -v -tx1 -w$((size + 2)) | sed 's/^ .. ..//'
        done 2>&1 | reports
        return
    fi
    # a block that dd writes is one datagram, hence dd and not printf, which would stop at each line feed; one that it reads as well
    { { send | dd bs=$((2 + ${#question} / 4)) iflag=fullblock status=none >&3 &&
        answers "$1" | od -An -v -tx1 -w"$size"; } 3<>"/dev/udp/$1/53"; } 2>&1 | reports
}
reports() {
    while IFS= read -r line; do
        [[ $line == *[!\ 0-9a-f]* ]] && line="err ${line##*: }" || line="got $line"
        printf '%s\n' "$line"
    done
}
# told SERVER NAME REPORT: prints it, and whether the resolver is content (found), asks for the next name (no), or the next server (failed).
told() {
    local octets ipv6
    printf 'ask %s %s\n%s' "$1" "$2" "${3:+$3$'\n'}"
    found=
    [[ $3 == *'got '* ]] || { silent+=" $1 "; return 1; }
    read -ra octets <<<"${3#*got }"
    case ${octets[3]: -1} in
        0)
            [[ ${octets[6]}${octets[7]} == 0000 ]] || { found=yes; return; }
            ipv6=$(query "$1" "$2" 1c)
            [[ $ipv6 == 'got '* ]] || return 0
            read -ra octets <<<"${ipv6#got }"
            [[ ${octets[6]}${octets[7]} == 0000 ]] || { printf 'ask %s %s\n%s\n' "$1" "$2" "$ipv6"; found=yes; } ;;
        3) ;;
        2) servfail=yes; return 1 ;;
        *) return 1 ;;
    esac
}
asked() {
    local i others=() out servfail=
    printf '%s ' "${servers[@]}" >"$lost.asked"
    if [[ $silent != *" ${servers[0]} "* ]]; then
        told "${servers[0]}" "$1" "$(query "${servers[0]}" "$1")" && return
    fi
    for ((i = 1; i < ${#servers[@]}; i++)); do
        [[ $silent == *" ${servers[i]} "* ]] && continue
        exec {out}< <(query "${servers[i]}" "$1")
        others+=("$out ${servers[i]}")
    done
    for out in "${others[@]}"; do
        told "${out#* }" "$1" "$(cat <&"${out%% *}")" && return
    done
    [[ $servfail ]]
}
# A name that nobody answered ends the search, all but the name itself.
over=
for name in "${names[@]}"; do
    [[ $over && $name != "${wanted%.}" ]] && continue
    asked "$name" || over=yes
    [[ $found ]] && break
done
afresh $silent
exit 0
QUESTION_END
NAME_QUESTION=$AFRESH$'\n'$NAME_QUESTION

# LOST ADDRESS COMMAND...: runs the command, and ends it where ARP (or NDP) has asked twice for the next hop, 1.1 s long and the time to start, in
# vain. The kernel itself gives up only after 3 s, and tells the command only through lo, which may be down. Prints the neighbour's entry
# and ends with 113, EHOSTUNREACH. Any other silence is waited for: an error of a router whose own ARP fails takes 3 s. Only where there is a
# file LOST all that was read says that no answer comes, and what was not answered in half a second is not; unless the lab host still asks by ARP on
# the interface that the file names, by which the packet leaves it.
read -rd '' PATIENT <<'PATIENT_END'
lost=$1 address=$2
shift 2
exec {out}>&1
exec {alive}< <(and_its_end "$@" 3>&1 1>&"$out" {out}>&-)
began=${EPOCHREALTIME/./}
read -ru "$alive" command
look=$ARP_SILENCE status=''
# the time may be up amid a line; what was read of it is in "part" then
until read -rt 0.1 -u "$alive" part || (($? <= 128)); do
    status+=$part
    waited=$((${EPOCHREALTIME/./} - began))
    hopeless=
    if [[ -e $lost ]] && ((waited >= LOST_AFTER)); then
        leaves=$(<"$lost")
        [[ $leaves && $(nsenter --net="/proc/$SWEEP/ns/net" ip neigh show dev "$leaves" nud incomplete 2>/dev/null) ]] || hopeless=yes
    fi
    if [[ $address && $look ]] && { [[ $hopeless ]] || ((waited >= look)); }; then
        look=
        next_hop "$address"
        entry=$(ip neigh show to "$hop" nud incomplete nud failed 2>/dev/null)
        if [[ $entry ]]; then
            kill -s ALRM "$command"
            read -ru "$alive" part
            [[ $entry == *INCOMPLETE* ]] && afresh "$address"
            printf '%s\n' "$entry"
            exit 113
        fi
    fi
    if [[ $hopeless ]]; then
        # to ping and timeout this is the end of their own time
        kill -s ALRM "$command"
        read -ru "$alive" part
        [[ $1 == curl ]] && status=28
        [[ $status ]] || status=$part
        part=''
        break
    fi
done
status+=$part
# it may be the name server that ARP asks for
[[ $address || $status == 0 ]] || afresh $(grep -Po '^\s*nameserver\s+\K\S+' "$resolver" 2>/dev/null)
exit "${status:-1}"
PATIENT_END
PATIENT=$AND_ITS_END$'\n'$AFRESH$'\n'$PATIENT

# HOST PORT: connects. A connection that failed tells, behind bash's own words, the addresses that the name of the host has ("to ADDRESS"), the one
# that bash tried last at the end.
read -rd '' CONNECT <<'CONNECT_END'
said=$({ exec 3<>"/dev/tcp/$1/$2"; } 2>&1) && exit
status=$?
printf '%s\n' "$said" >&2
[[ $said != *' connect: '* ]] || getent ahosts "$1" | while read -r address kind _; do
    [[ $kind != STREAM ]] || echo "to $address"
done
exit "$status"
CONNECT_END

# ask_log NUMBER NAME
ask_log() {
    if docker_is_silent; then
        section "norun.$1" echo "Docker does not answer"
    else
        section "probe.$1" log_tail "$2"
    fi
}

# As much of its end as may be written.
log_tail() {
    asking_daemon timeout -k 1 "$ENGINE_SILENCE" bash -c 'docker logs "$1" 2>&1 | tail -c 1000000; exit "${PIPESTATUS[0]}"' logs "$1" 2>&1
}

if [[ $READ == 0 ]]; then
    ask_all other
    cat "$D"/{probe,norun}.*.{out,err}
    rm -rf "$D"
    exit
fi

# A name may hold anything but NUL and a slash, so the paths of a namespace are parted by two slashes. Identity is the inode; a plain file under /run/netns, which is no namespace, lies on another device.
stat -L --printf '%i %d %n\0' /proc/[0-9]*/ns/net /proc/[0-9]*/ns/mnt /run/netns/* >"$D/seen" 2>"$D/scan.err" &
scanner=$!
wait "$scanner"
mapfile -td '' seen <"$D/seen"
declare -A paths residents
own='' device=''
for entry in "${seen[@]}"; do
    inode=${entry%% *}
    file=${entry#* }
    on=${file%% *}
    file=${file#* }
    case $file in
        /proc/*/ns/net)
            pid=${file#/proc/}
            device=$on
            paths[$inode]+=$file//
            [[ ${pid%%/*} == "$$" ]] && own=$inode
            ;;
        /proc/*/ns/mnt)
            pid=${file#/proc/}
            residents[$inode]+="${pid%%/*} "
            ;;
        *) [[ $on == "$device" ]] && paths[$inode]=$file//${paths[$inode]} ;;
    esac
done
named=(/run/netns/*)
MANY=$((${#named[@]} > FEW))
((MANY)) || BATCH+=$'netns list-id\n'
BATCH+=$'rule\nneigh show proxy'
export MANY BATCH

# The namespaces whose own numbers for others tell something: those with a cable between two namespaces neither of which is the lab
# host's, whose numbers name all ends of its own cables; and those with a macvlan and the like on another namespace's interface.
numbers_wanted() {
    local word file='' index='' other='' foreign='' kind='' pair
    local -A ends seen_twice
    local -a lines
    flush() {
        [[ $foreign ]] || return
        if [[ $1 == veth && $other ]]; then
            [[ $file == "$own" ]] || { ends[$file]+="$index $other,"; seen_twice[$index $other]+=" $file"; }
        else
            wanted[$file]=yes
        fi
    }
    grep -HoE '"(ifindex|link_index|link_netnsid)":[0-9]+|"info_kind":"[a-z0-9_]+"' "$D"/ns.*.ip.out >"$D/numbers"
    mapfile -t lines <"$D/numbers"
    for word in "${lines[@]}"; do
        case $word in
            *'"ifindex":'*)
                flush "$kind"
                file=${word%%.ip.out:*} file=${file##*/ns.}
                index=${word##*:} other='' foreign='' kind=''
                ;;
            *'"link_index":'*) other=${word##*:} ;;
            *'"link_netnsid":'*) foreign=yes ;;
            *) [[ $kind ]] || { kind=${word%\"} kind=${kind##*\"}; } ;;
        esac
    done
    flush "$kind"
    wanted[$own]=yes
    for file in "${!ends[@]}"; do
        IFS=, read -ra lines <<<"${ends[$file]}"
        for pair in "${lines[@]}"; do
            word=${seen_twice[${pair#* } ${pair% *}]}
            [[ $word && $word != " $file" ]] && wanted[$file]=yes
        done
    done
}

numbers() {
    local files=${paths[$1]} net
    while [[ $files ]]; do
        if { exec {net}<"${files%%//*}"; } 2>/dev/null; then
            nsenter --net="/proc/self/fd/$net" ip -j netns list-id
            return
        fi
        files=${files#*//}
    done
    echo "No such file or directory: nothing holds it any more" >&2
    return 1
}

scan() {
    printf '%s\0' "$own $device $$" "${seen[@]}"
}

# Each reading tells on a pipe that it is back. What is not back in time is ended; what was read until then counts.
exec {back}<> <(:)
LAST=$((SECONDS + READING))
out_for=0
reading=()

# reading COMMAND...: reads beside everything else.
reading() {
    { "$@"; printf . >&"$back"; } &
    reading+=($!)
    ((++out_for))
}

# come_back COUNT: waits until no more readings than so many are out; fails where time is up.
come_back() {
    while ((out_for > $1)); do
        ((LAST > SECONDS)) && read -rN 1 -t $((LAST - SECONDS)) -u "$back" || return
        ((out_for--))
    done
    return 0
}

# end PID...: with everything that they started.
end() {
    local pid children
    for pid; do
        children=()
        { read -ra children <"/proc/$pid/task/$pid/children"; kill -KILL "$pid"; } 2>/dev/null
        end "${children[@]}"
    done
}

namespaces() {
    local inode
    for inode in "${!paths[@]}"; do
        [[ $inode == "$own" ]] && continue
        come_back "$WIDTH" || return
        NONCE=$NONCE D=$D reading section "ns.$inode.enter" enter "$inode" "${SYSCTLS[@]}"
    done
}

if [[ $DOCKER == 1 ]]; then
    docker_facts &
    docker=$!
fi
reading namespace "$own" "${SYSCTLS[@]}"
((MANY)) && ask_all other &
namespaces
((MANY)) || ask_all other &
section scan scan
section processes processes
section hosts.named named_hosts
section names table_names
for inode in "${!residents[@]}"; do
    section "hosts.$inode" hosts_file ${residents[$inode]}
done
[[ $DOCKER == 1 ]] && wait "$docker"
ask_all container &
if come_back 0; then
    if ((MANY)); then
        declare -A wanted
        numbers_wanted
        for inode in "${!wanted[@]}"; do
            come_back "$WIDTH" || break
            reading section "ns.$inode.ids" numbers "$inode"
        done
        come_back 0
    fi
fi
((out_for == 0)) || { end "${reading[@]}"; wait "${reading[@]}"; } 2>/dev/null
# What was only read goes out at once; what was asked may wait for seconds.
cat "$D"/{scan,processes,names,hosts.*,docker.*,ns.*}.{out,err}
printf '\036%s read\n' "$NONCE"
cat "$D"/{filter,forwarding,queues}.*.{out,err}
printf '\036%s rules\n' "$NONCE"
wait
cat "$D"/{probe,norun}.*.{out,err}
rm -rf "$D"
