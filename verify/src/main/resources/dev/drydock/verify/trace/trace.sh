# Follows one packet through every network namespace of one lab host. TraceScript.java puts before this text: NONCE, TABLE (a name of our
# own), MATCHES (rules that match our packet and its answers, nothing else), ERRORS and ERRORS_IPV6 (rules that match the errors about it), WAIT (seconds that this may take at most), LIMIT (microseconds
# that an answer is waited for from when the packet was seen), the function send NAMESPACE ADDRESS, which becomes a program that sends the
# packet and waits for its answer, and ANSWERED, how it says (a regular expression) that there was one; and SOON (microseconds), less than LIMIT
# where it is enough that nothing on this lab host holds a packet back.
#
# In each namespace one nft adds a table that the kernel removes when that nft ends (flags owner), then listens to the kernel's trace.
# It is killed when this shell dies, however that happens: pdeathsig. What it says goes to a file that has no name any more, so that nothing
# stays.
#
# A section of the output is RS NONCE KEY and a line feed. Once every nft listens the section "listening PROCESS DESCRIPTOR" names a pipe of this
# shell, which takes one line: "send INODE ADDRESS", so that the packet is sent from here; "report ANSWERED" when it was sent from another lab
# host, ANSWERED being 1 or nothing; "stop" when nothing is to be told.

export LC_ALL=C PATH="$PATH:/usr/sbin:/usr/bin:/sbin:/bin"
unset BASH_ENV ENV CDPATH
umask 077
shopt -s nullglob
D=${TMPDIR:-/tmp}/.drydock-trace-$NONCE
say() {
    printf '\036%s %s\n' "$NONCE" "$1"
}
cannot() {
    say cannot
    printf '%s\n' "$1"
    exit 0
}
type -P nft setpriv nsenter >/dev/null || cannot 'nft, setpriv or nsenter is missing'
exec {scan}< <(exec stat -L --printf '%i %d %n\0' /proc/[0-9]*/ns/net /run/netns/* 2>/dev/null)
mkdir "$D" || exit 97
trap 'rm -rf "$D"' EXIT
exec {words}<> <(:)
# Who tells us something knows us by this name, of which the kernel takes 15 characters.
printf '%s' "dt_$NONCE" >/proc/$$/comm

declare -A entrance called file listener commander
mapfile -td '' seen <&"$scan"
for entry in "${seen[@]}"; do
    read -r inode on name <<<"$entry"
    if [[ $name == /proc/* ]]; then
        device=$on
    elif [[ $on != "$device" ]]; then
        continue
    fi
    called[$inode]=$name
    # held open, because the process by which it was found may be gone by the time it is entered
    if [[ ! ${entrance[$inode]} ]] && { exec {held}<"$name"; } 2>/dev/null; then
        entrance[$inode]=/proc/$$/fd/$held
    fi
done

# Three families: what a bridge hands on is seen there port by port, and by ip and ip6 only where br_netfilter says so. The first chain of each
# hook sees the packet as it came, the last one as it goes; behind DNAT one more sees to where it goes now, for routing may drop it next. A kernel without nft for bridges still has the first.
# rules MATCH...: sets rules
rules() {
    local match
    rules=''
    for match in "${MATCHES[@]}" "$@"; do
        rules+="$match meta nftrace set 1; "
    done
}
# chain NAME HOOK PRIORITY RULES: on one line, because each line is a transaction of its own
chain() {
    table+="chain $1 { type filter hook $2 priority $3; $4}; "
}
commands="list ruleset"$'\n'
for family in ip ip6; do
    [[ $family == ip ]] && rules "$ERRORS" || rules "$ERRORS_IPV6"
    table="table $family $TABLE { flags owner; "
    chain prerouting prerouting -450 "$rules"
    chain translated prerouting -99
    chain output output -450 "$rules"
    chain retranslated output -99
    chain routed forward -450
    chain input input -450
    chain delivered input 450
    chain sent postrouting 450
    commands+="$table}"$'\n'
done
rules "$ERRORS" "$ERRORS_IPV6"
table="table bridge $TABLE { flags owner; "
chain prerouting prerouting -450 "$rules"
chain input input -450
chain forwarded forward -450
chain output output -450 "$rules"
chain sent postrouting 450
commands+="$table}"$'\n'"list tables ip"$'\n'

# An nft that could not start must not end this shell; it is told below.
trap '' PIPE
for inode in "${!entrance[@]}"; do
    exec {fd}<>"$D/$inode"
    file[$inode]=/proc/$$/fd/$fd
    # the name of the table says to a sweep whose process it is
    exec {in}> >(HOME=/dev/null exec setpriv --pdeathsig KILL nsenter --net="${entrance[$inode]}" nft -i -a -I "$TABLE" >&"$fd" 2>&1 {words}>&-)
    listener[$inode]=$!
    commander[$inode]=$in
    printf '%s' "$commands" >&"$in"
done 2>/dev/null
rm -rf "$D"
trap - EXIT

# pause SECONDS, without a process
pause() {
    read -rt "$1" -u "$words"
}
# A listener that is gone, or that takes too long.
failed() {
    local text line=''
    mapfile -t text <"${file[$1]}"
    for line in "${text[@]}"; do
        [[ $line == *Error:* ]] && break
    done
    cannot "nft in ${called[$1]}: $line"
}
# netlink INODE: sets groups to the groups of the socket through which the listener speaks with the kernel, 00000100 when it hears the trace,
# waiting to what it has not read yet, and lost to what found no room. The kernel names the socket after the process.
# 00000000a1b8e739 12  137        00000100 0        0        0     2        0        32392545
netlink() {
    local sockets socket
    groups=''
    { mapfile -t sockets <"/proc/${listener[$1]}/net/netlink"; } 2>/dev/null || failed "$1"
    for socket in "${sockets[@]}"; do
        if [[ $socket == *" 12  ${listener[$1]} "* ]]; then
            read -r _ _ _ groups waiting _ _ _ lost _ <<<"$socket"
            return
        fi
    done
}
for inode in "${!entrance[@]}"; do
    until netlink "$inode" && [[ $groups ]]; do
        ((SECONDS < WAIT)) || failed "$inode"
        pause 0.002
    done
    # nft itself by now: until here the end of its input would have ended it, from here on pdeathsig does
    echo 'monitor trace' >&"${commander[$inode]}"
done 2>/dev/null
for inode in "${!entrance[@]}"; do
    until netlink "$inode" && [[ $groups == 00000100 ]]; do
        ((SECONDS < WAIT)) || failed "$inode"
        pause 0.002
    done
    mapfile -t text <"${file[$inode]}"
    printf -v text '%s\n' "${text[@]}"
    [[ $'\n'$text == *$'\n'"table ip $TABLE"$'\n'* ]] || failed "$inode"
done

say "listening $$ $words"
# The time may be up amid a line; what was read of it is in "part" then.
line=''
until IFS= read -rt 1 -u "$words" part; do
    line+=$part
    # who would tell us may be gone
    ((SECONDS < WAIT)) && say waiting || exit
done 2>/dev/null
read -r word first second <<<"$line$part"
[[ $word == stop ]] && exit

# Whether no namespace here asks for a next hop, and no interface has a queue that delays packets. Then a packet that has not been answered is lost:
# no wire here takes time.
nothing_waits() {
    local inode line open=()
    for inode in "${!entrance[@]}"; do
        exec {fd}< <(exec nsenter --net="${entrance[$inode]}" ip -o -batch - <<<$'neigh show nud incomplete\nlink')
        open+=("$fd")
    done
    for fd in "${open[@]}"; do
        mapfile -t text <&"$fd"
        exec {fd}<&-
        # nothing was read: it may be anything
        ((${#text[@]})) || return 1
        for line in "${text[@]}"; do
            [[ $line == *INCOMPLETE* ]] && return 1
            [[ $line != *' qdisc '* || $line =~ ' qdisc '(noqueue|noop|pfifo_fast|pfifo|fq_codel|fq|mq)' ' ]] || return 1
        done
    done
}

answered=''
if [[ $word == report ]]; then
    answered=$first
else
    [[ ${entrance[$first]} ]] || cannot 'the namespace that should send is gone'
    # the pipe ends when the program does, so that waiting for it costs nothing
    exec {heard}< <(send "${entrance[$first]}" "$second" 2>&1 {words}>&-)
    sender=$!
    said=() made='' dropped='' looked=''
    MADE=" $TABLE output rule "
    DROP='trace id [^ ]+ [^ ]+ [^ ]+ [^ ]+ policy drop|\(verdict drop\)'
    line=''
    while :; do
        part=''
        IFS= read -rt 0.02 -u "$heard" part
        status=$?
        line+=$part
        # also half a line tells that it was answered, or is all that comes
        [[ $line =~ $ANSWERED ]] && answered=1
        if [[ $line ]] && { ((status <= 128)) || [[ $answered ]]; }; then
            said+=("$line")
            line=''
        fi
        [[ $answered ]] && break
        ((status == 0)) && continue
        ((status > 128)) || break
        now=${EPOCHREALTIME/./}
        # what was dropped will not be answered; an error of who dropped it would be here by now
        [[ $dropped ]] && ((now - dropped > 60000)) && break
        # a sender that is slow to start, or to say that it was answered, is no silence
        [[ $made ]] && ((now - made > LIMIT)) && break
        if [[ $made && ! $looked ]] && ((SOON < LIMIT && now - made > SOON)); then
            looked=yes
            nothing_waits && break
        fi
        for inode in "${!entrance[@]}"; do
            mapfile -t text <"${file[$inode]}"
            text=${text[*]}
            # where another trace is heard too, it may be the other packet
            [[ ! $dropped && $text =~ $DROP && ${text//"$TABLE"/} != *drydock_trace_* ]] && dropped=$now
            [[ ! $made && $inode == "$first" && $text == *"$MADE"* ]] && made=$now
        done
    done
    [[ $line ]] && said+=("$line")
    kill "$sender" 2>/dev/null
fi

# All that a kernel has said by now is written once nothing waits in the socket and nft sleeps then, as it does only to wait for more.
for inode in "${!entrance[@]}"; do
    until netlink "$inode" && [[ $groups && $waiting == 0 ]] && read -r _ _ state _ <"/proc/${listener[$inode]}/stat" && [[ $state == S ]]; do
        [[ $groups ]] && ((SECONDS < WAIT)) || failed "$inode"
        pause 0.001
    done
    ((lost == 0)) || cannot "nft in ${called[$inode]} could not keep up with the kernel"
done 2>/dev/null
kill -9 "${listener[@]}"
disown -a

declare -A neighbours
if [[ ! $answered ]]; then
    for inode in "${!entrance[@]}"; do
        exec {fd}< <(exec nsenter --net="${entrance[$inode]}" ip neigh show nud incomplete nud failed)
        neighbours[$inode]=$fd
    done
fi
for inode in "${!entrance[@]}"; do
    # with their line feeds: nft may have been killed amid the line of a later packet
    mapfile text <"${file[$inode]}"
    say "trace $inode"
    printf %s "${text[@]}"
    if [[ ${neighbours[$inode]} ]]; then
        mapfile -t text <&"${neighbours[$inode]}"
        say "neighbours $inode"
        printf '%s\n' "${text[@]}"
    fi
done
if [[ $word == send ]]; then
    say "answer $answered"
    printf '%s\n' "${said[@]}"
fi
say end
