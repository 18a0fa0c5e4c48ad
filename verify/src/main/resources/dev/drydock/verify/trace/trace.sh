# Follows one packet through every network namespace of one lab host. Trace.java puts before this text: NONCE, TABLE (a name of our
# own), MATCHES (rules that match our packet and its answers, nothing else), LIMIT (seconds that an answer is waited for), FROM (the
# inode of the namespace that sends, or nothing) the function send,
# which becomes a program that sends the packet and waits for its answer, and ANSWERED, how it says (a regular expression) that there was one.
#
# In each namespace one nft adds a table that the kernel removes when that nft ends (flags owner), then listens to the kernel's trace.
# It is killed when this shell dies, however that happens: pdeathsig. What it says goes to a file without a name, so that nothing stays.
#
# A section of the output is RS NONCE KEY and a line feed. Where nobody sends, the line "listening" comes first, and the end is told by
# writing to the pipe .drydock-trace-NONCE; it comes by itself after the limit.

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
mkdir "$D" && mkfifo "$D/end" || exit 97
trap 'rm -rf "$D"' EXIT
exec {end}<>"$D/end"
[[ $FROM ]] && rm "$D/end"

declare -A path file
own=''
mapfile -td '' seen < <(exec stat -L --printf '%i %d %n\0' /proc/[0-9]*/ns/net /run/netns/* 2>/dev/null)
for entry in "${seen[@]}"; do
    read -r inode on name <<<"$entry"
    if [[ $name == /proc/* ]]; then
        device=$on
        path[$inode]=${path[$inode]:-$name}
        [[ $name == "/proc/$$/ns/net" ]] && own=$inode
    elif [[ $on == "$device" ]]; then
        path[$inode]=$name
    fi
done
[[ ! $FROM || ${path[$FROM]} ]] || cannot 'the namespace that should send is gone'

# Two families: what a bridge hands on is seen there port by port, and by ip only where br_netfilter says so. The first chain of each
# hook sees the packet as it came, the last one as it goes.
commands="add table ip $TABLE { flags owner; }
add chain ip $TABLE prerouting { type filter hook prerouting priority -450; }
add chain ip $TABLE output { type filter hook output priority -450; }
add chain ip $TABLE routed { type filter hook forward priority -450; }
add chain ip $TABLE input { type filter hook input priority -450; }
add chain ip $TABLE delivered { type filter hook input priority 450; }
add chain ip $TABLE sent { type filter hook postrouting priority 450; }
"
ports="add table bridge $TABLE { flags owner; }
add chain bridge $TABLE prerouting { type filter hook prerouting priority -450; }
add chain bridge $TABLE input { type filter hook input priority -450; }
add chain bridge $TABLE forwarded { type filter hook forward priority -450; }
add chain bridge $TABLE output { type filter hook output priority -450; }
add chain bridge $TABLE sent { type filter hook postrouting priority 450; }
"
for match in "${MATCHES[@]}"; do
    for chain in prerouting output; do
        commands+="add rule ip $TABLE $chain $match meta nftrace set 1"$'\n'
        ports+="add rule bridge $TABLE $chain $match meta nftrace set 1"$'\n'
    done
done

# pause SECONDS, without a process
pause() {
    read -rt "$1" -u "$end"
}
declare -A listener commander
for inode in "${!path[@]}"; do
    exec {fd}<>"$D/$inode"
    file[$inode]=/proc/$$/fd/$fd
    # the name of the table says to a sweep whose process it is
    exec {in}> >(HOME=/dev/null exec setpriv --pdeathsig KILL nsenter --net="${path[$inode]}" nft -i -a -I "$TABLE" >&"$fd" 2>&1 {end}>&-)
    listener[$inode]=$!
    commander[$inode]=$in
done
[[ $FROM ]] && rm -rf "$D"
# An nft that could not start must not end this shell; it is told below.
trap '' PIPE
for inode in "${!path[@]}"; do
    printf '%s' $'list ruleset\n'"$commands$ports"$'list tables ip\n' >&"${commander[$inode]}"
done 2>/dev/null

# A listener that is gone, or that takes too long.
failed() {
    local text
    mapfile -t text <"${file[$1]}"
    kill -9 "${listener[@]}" 2>/dev/null
    cannot "nft in ${path[$1]}: ${text[*]:0:3}"
}
# subscribers INODE: sets subscribed to how many sockets of the namespace listen to the trace (protocol 12, the ninth group), and queued
# to whether anything waits in one of them. 00000000a1b8e739 12  137        00000100 0        0        0     2        0        32392545
subscribers() {
    local line
    subscribed=0
    mapfile -t sockets 2>/dev/null <"/proc/${listener[$1]}/net/netlink" || return
    for line in "${sockets[@]}"; do
        [[ $line == *' 00000100 '* ]] || continue
        read -r _ protocol _ _ waiting _ <<<"$line"
        [[ $protocol == 12 ]] || continue
        ((++subscribed))
        [[ $waiting == 0 ]] || queued=1
    done
}
declare -A before
for inode in "${!path[@]}"; do
    for ((tries = 0; ; tries++)); do
        mapfile -t text <"${file[$inode]}"
        [[ "${text[*]}" == *"table ip $TABLE"* ]] && break
        [[ $tries -lt 1000 && -e /proc/${listener[$inode]}/net/netlink ]] || failed "$inode"
        pause 0.003
    done
    subscribers "$inode"
    before[$inode]=$subscribed
    # only now: until here the end of its input would have ended it, from here on pdeathsig does
    echo 'monitor trace' >&"${commander[$inode]}"
done
for inode in "${!path[@]}"; do
    for ((tries = 0; ; tries++)); do
        subscribers "$inode"
        [[ $subscribed -gt ${before[$inode]} ]] && break
        [[ $tries -lt 1000 && -e /proc/${listener[$inode]}/net/netlink ]] || failed "$inode"
        pause 0.003
    done
done

if [[ $FROM ]]; then
    # the pipe ends when the program does, so that waiting for it costs nothing
    exec {heard}< <(send "${path[$FROM]}" 2>&1 {end}>&-)
    sender=$!
    said=() answered='' dropped=''
    DROP='trace id [^ ]+ [^ ]+ [^ ]+ [^ ]+ policy drop|\(verdict drop\)'
    for ((ticks = 0; ; )); do
        read -rt 0.02 -u "$heard" line
        status=$?
        if [[ $line ]]; then
            said+=("$line")
            [[ $line =~ $ANSWERED ]] && answered=1 && break
        fi
        if ((status > 128)); then
            ((++ticks))
            # what was dropped will not be answered; an error of who dropped it would be here by now
            [[ $dropped ]] && ((ticks - dropped > 2)) && break
            for inode in "${!path[@]}"; do
                mapfile -t text <"${file[$inode]}"
                [[ ! $dropped && "${text[*]}" =~ $DROP ]] && dropped=$ticks
            done
        elif ((status)); then
            break
        fi
    done
    kill "$sender" 2>/dev/null
else
    say listening
    pause "$LIMIT"
fi

# All that the kernel said is there when nothing waits in a socket and no file has grown.
size=-1
for ((tries = 0; tries < 50; tries++)); do
    queued='' grown=0
    for inode in "${!path[@]}"; do
        subscribers "$inode"
        mapfile -t text <"${file[$inode]}"
        ((grown += ${#text[@]}))
    done
    [[ ! $queued && $grown == "$size" ]] && break
    size=$grown
    pause 0.005
done
kill -9 "${listener[@]}"
disown -a

for inode in "${!path[@]}"; do
    mapfile -t text <"${file[$inode]}"
    say "trace $inode"
    printf '%s\n' "${text[@]}"
    if [[ ! $answered ]]; then
        say "neighbours $inode"
        nsenter --net="${path[$inode]}" ip -4 neigh show nud incomplete nud failed
    fi
done
if [[ $FROM ]]; then
    say "answer $answered"
    printf '%s\n' "${said[@]}"
fi
say end
