# Runs the script in $1 as root of namespaces of its own, with a range of ids mapped, started by an ordinary user or by root.
# The machine's own network, mounts and ids stay as they are.
inner='exec unshare --mount --net --pid --fork --uts --ipc --cgroup --mount-proc --kill-child bash -c "$1"'
if ((EUID != 0)); then
    exec unshare --user --map-root-user --map-auto bash -c "$inner" inner "$1"
fi
exec {go}<> <(:) {up}<> <(:)
unshare --user --keep-caps bash -c 'echo >&"$2"; read -ru "$1"; shift 2; exec setpriv --reuid 0 --regid 0 --clear-groups bash -c "$@"' \
    wait "$go" "$up" "$inner" inner "$1" &
read -ru "$up"
echo 0 100000 65536 >"/proc/$!/uid_map"
echo 0 100000 65536 >"/proc/$!/gid_map"
echo >&"$go"
wait $!
