# Starts the lab host's own Docker Engine (engine.sh) and makes the images; sourced by labhost.sh after it moved into its root.
type -P dockerd >/dev/null || trouble 'Docker is not installed here: apt-get install docker.io'
ids=0
while read -r _ _ count; do ids=$((ids + count)); done </proc/self/uid_map
((ids >= 65535)) || trouble 'Docker needs a range of subordinate user ids (package uidmap, and a line for this user in /etc/subuid and /etc/subgid)'
start_engine() {
  (
    exec {up}>&-
    engine
  ) &
  dockerd=$!
}

# fill_engine: leaves /run/*.failed where something did not work.
fill_engine() {
  local image imports=() tick
  exec {tick}<> <(:)
  until [[ -S /run/docker.sock ]]; do
    kill -0 "$dockerd" 2>/dev/null || { : >/run/docker.failed >/run/docker.err; break; }
    read -r -t 0.005 -u "$tick"
  done
  exec {tick}>&-
  [[ -e /run/docker.failed ]] && return
  # A client that connects before the engine is ready is simply answered later, so this waits for readiness, too.
  for image in $images; do
    { import_image "$image" >/dev/null 2>"/run/$image.err" || : >"/run/$image.failed"; } &
    imports+=($!)
  done
  if ((${#imports[@]})); then wait "${imports[@]}"; else docker version >/dev/null 2>/run/docker.err || : >/run/docker.failed; fi
}

start_engine
make_images $images
for try in 1 2 3; do
  fill_engine
  failed=(/run/*.failed)
  [[ -e ${failed[0]} ]] || break
  # An engine gives up when its containerd is not there within 15 s, which a slow machine may need; what was read from disk once is quicker then.
  if ((try < 3)) && ! kill -0 "$dockerd" 2>/dev/null && grep -q 'timeout waiting for containerd' /var/log/docker.log; then
    rm -f /run/*.failed /run/docker.sock /run/docker.pid
    start_engine
    continue
  fi
  trouble "Docker does not work here: $(tail -qn 1 "${failed[0]%failed}err") $(grep -v level=info /var/log/docker.log | tail -n 1)"
done
rm -rf /run/images /run/*.err
