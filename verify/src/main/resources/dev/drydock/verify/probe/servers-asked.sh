# Tells of a sweep that runs on this lab host which name servers it asks: a line "NUMBER SERVER…" for each of its probes that asks for a name.
# Sweep.java puts before this text: NONCE, by which the sweep's folder is known.
shopt -s nullglob
for file in {"${TMPDIR:-/tmp}",/run,/dev/shm,}/.drydock-sweep-"$NONCE"/lost.*.asked; do
    number=${file%.asked}
    { read -r servers <"$file"; } 2>/dev/null || [[ $servers ]] && printf '%s %s\n' "${number##*.}" "$servers"
done
exit 0
