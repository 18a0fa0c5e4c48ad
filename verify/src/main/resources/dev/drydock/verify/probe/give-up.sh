# Tells a sweep that runs on this lab host which of its probes no answer will come to. Sweep.java puts before this text: NONCE, by which the
# sweep's folder is known, and LOST, for the number of each of these probes the interface by which it leaves the lab host, or nothing. A sweep
# that is over has no folder any more.
for D in "${TMPDIR:-/tmp}" /run /dev/shm ''; do
    D+=/.drydock-sweep-$NONCE
    [[ -d $D ]] || continue
    for number in "${!LOST[@]}"; do
        printf '%s' "${LOST[number]}" >"$D/telling.$number"
        mv "$D/telling.$number" "$D/lost.$number"
    done
done 2>/dev/null
