# Starts the lab host's own Docker Engine and makes the images; sourced by labhost.sh after it moved into its root.
[[ -x /usr/sbin/dockerd ]] || trouble 'Docker is not installed here: apt-get install docker.io'
ids=0
while read -r _ _ count; do ids=$((ids + count)); done </proc/self/uid_map
((ids >= 65536)) || trouble 'Docker needs a range of subordinate user ids (package uidmap, and a line for this user in /etc/subuid and /etc/subgid)'
XDG_RUNTIME_DIR=/run setsid dockerd --rootless --host unix:///run/docker.sock --data-root /var/lib/docker --exec-root /run/docker \
  --pidfile /run/docker.pid --storage-driver overlay2 </dev/null >/var/log/docker.log 2>&1 {up}>&- &
dockerd=$!

make_images $images

exec {tick}<> <(:)
until [[ -S /run/docker.sock ]]; do
  kill -0 "$dockerd" 2>/dev/null || trouble "Docker does not start here: $(grep -v level=info /var/log/docker.log | tail -n 1)"
  read -r -t 0.005 -u "$tick"
done
exec {tick}>&-
# A client that connects before the engine is ready is simply answered later, so this waits for readiness, too.
for image in $images; do
  { import_image "$image" >/dev/null 2>"/run/$image.err" || : >"/run/$image.failed"; } &
  imports+=($!)
done
if ((${#imports[@]})); then wait "${imports[@]}"; else docker version >/dev/null 2>/run/docker.err || : >/run/docker.failed; fi
for failed in /run/*.failed; do
  [[ -e $failed ]] && trouble "Docker does not work here: $(tail -n 1 "${failed%failed}err"; grep -v level=info /var/log/docker.log | tail -n 1)"
done
rm -rf /run/images /run/*.err
