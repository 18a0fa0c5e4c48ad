# The floor of a check: the same readings, in the barest bash that takes them side by side. Runs on a lab host.
# Prints the milliseconds of each of ROUNDS rounds. DOCKER=1 asks the engine as well.
here() {
  { ip -d -j addr; ip -j route show table all; ip -j -6 route show table all; ip -j neigh; bridge -j link; ip -j netns list-id
    iptables-nft-save; ip6tables-nft-save; cat /proc/net/ip_tables_names /proc/net/ip6_tables_names
    cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/all/{forwarding,rp_filter,route_localnet,proxy_arp} /proc/sys/net/ipv6/conf/all/forwarding
    ss -Hlntup; } >/dev/null 2>&1
}
export -f here
for ((round = 0; round < ROUNDS; round++)); do
  started=${EPOCHREALTIME/./}
  pids=()
  if [[ ${DOCKER:-} ]]; then
    ids=$(curl -s --unix-socket /run/docker.sock 'http://docker/containers/json?all=1' | grep -o '"Id":"[0-9a-f]*"' | cut -d'"' -f4)
    nets=$(curl -s --unix-socket /run/docker.sock http://docker/networks | grep -o '"Id":"[0-9a-f]*"' | cut -d'"' -f4)
    urls=()
    for id in $ids; do urls+=("http://docker/containers/$id/json"); done
    for id in $nets; do urls+=("http://docker/networks/$id"); done
    while read -r pid; do pids+=("$pid"); done < <(curl -s --unix-socket /run/docker.sock "${urls[@]}" | grep -o '"Pid":[1-9][0-9]*' | cut -d: -f2)
  fi
  here &
  for name in /run/netns/*; do
    [[ -e $name ]] && [[ ! -d $name ]] && nsenter --net="$name" bash -c here &
  done
  for pid in "${pids[@]}"; do nsenter --net=/proc/"$pid"/ns/net bash -c here & done
  readlink /proc/[0-9]*/ns/net >/dev/null 2>&1
  cat /etc/hosts /proc/[0-9]*/comm >/dev/null 2>&1
  wait
  ended=${EPOCHREALTIME/./}
  echo $((ended - started))
done
