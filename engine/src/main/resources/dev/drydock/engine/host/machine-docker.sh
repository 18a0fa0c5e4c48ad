# The machine's Docker Engine: reads what it holds, and puts it back. What was removed is lost and named; what was added goes.

docker_answers() { type -P docker >/dev/null && docker version >/dev/null 2>&1; }

docker_read() {
  local id
  docker_answers || return 0
  docker ps -aq --no-trunc 2>/dev/null | while read -r id; do printf '%s\0' "$id"; done |
    xargs -0 -r docker inspect -f '{{.Id}} {{.Name}} {{.State.Status}} {{.State.StartedAt}} {{.State.Pid}}{{range $name, $network := .NetworkSettings.Networks}} {{$name}}{{end}}' 2>/dev/null |
    sort >"$1/containers.all"
  # Without what a container that is started again has anew.
  sed -E 's/^([^ ]+ [^ ]+ [^ ]+) [^ ]+ [^ ]+/\1/' "$1/containers.all" >"$1/containers"
  docker network ls --no-trunc --format '{{.ID}} {{.Name}} {{.Driver}}' | sort >"$1/networks"
  docker volume ls -q | sort >"$1/volumes"
  docker image ls -a --no-trunc --format '{{.ID}} {{.Repository}}:{{.Tag}}' | sort -u >"$1/images"
  docker info -f '{{.Swarm.LocalNodeState}}' >"$1/swarm"
} 2>/dev/null

# docker_spared WAS: the names of the host's ends of containers' cables, of containers that were there before.
docker_spared() {
  local id pid line
  [[ -e $1/containers ]] || return 0
  while read -r id _; do
    pid=$(docker inspect -f '{{.State.Pid}}' "$id") && ((pid)) || continue
    nsenter --net="/proc/$pid/ns/net" ip -o link
  done <"$1/containers" 2>/dev/null | sed -nE 's/^[0-9]+: [^ ]+@if([0-9]+):.*/\1/p' | while read -r line; do
    ip -o link | sed -nE "s/^$line: ([^ :@]+).*/\1/p"
  done
}

docker_put_back() {
  local was=$1 now id name state networks rest line other
  [[ -e $was/containers ]] || return 0
  docker_answers || docker_service start
  docker_answers || return 0
  now=$(mktemp -d)
  docker_read "$now"
  {
    [[ $(<"$was/swarm") == inactive && $(<"$now/swarm") != inactive ]] && docker swarm leave --force
    while read -r id _; do
      grep -q "^$id " "$was/containers" || printf '%s\n' "$id"
    done <"$now/containers" | xargs -r docker rm -fv
    while read -r id name state networks; do
      read -r _ line other rest < <(grep "^$id " "$now/containers") || continue
      [[ $line == "$name" ]] || docker rename "$id" "${name#/}"
      # All but the networks that stand for another namespace or for none can be joined and left.
      for line in $rest; do [[ " $networks " == *" $line "* ]] || docker network disconnect -f "$line" "$id"; done
      for line in $networks; do [[ " $rest " == *" $line "* ]] || docker network connect "$line" "$id"; done
    done <"$was/containers"
    # In the order in which they were started, so that they get the addresses that they had.
    sort -k4,4 "$was/containers.all" | while read -r id _ state _; do
      read -r _ _ other _ < <(grep "^$id " "$now/containers") || continue
      [[ $other == "$state" ]] || case $other:$state in
        paused:running) docker unpause "$id" ;;
        *:running) docker start "$id" ;;
        running:paused) docker pause "$id" ;;
        *:paused) docker start "$id" && docker pause "$id" ;;
        running:*) docker stop -t 1 "$id" ;;
        paused:*) docker unpause "$id"; docker stop -t 1 "$id" ;;
      esac
    done
    while read -r id _; do grep -q "^$id " "$was/networks" || printf '%s\n' "$id"; done <"$now/networks" | xargs -r docker network rm
    only_in "$now/volumes" "$was/volumes" | xargs -r docker volume rm -f
    only_in "$now/images" "$was/images" | while read -r id name; do
      if [[ $name == *'<none>'* ]]; then docker rmi "$id"; else docker rmi "$name"; fi
    done
    only_in "$was/images" "$now/images" | while read -r id name; do [[ $name == *'<none>'* ]] || docker tag "$id" "$name"; done
  } >/dev/null 2>&1
  rm -r "$now"
}

# docker_service start|stop: as the machine's service manager does it.
docker_service() {
  type -P systemctl >/dev/null || return 1
  case $1 in
    start) systemctl start docker.socket docker.service ;;
    stop) systemctl stop docker.socket docker.service ;;
    restart) systemctl restart docker.service ;;
  esac >/dev/null 2>&1
}

# docker_images WAS IMAGE...: makes a lab's images in the machine's engine. An image that had the name keeps its own number, and gets its
# name back at the end.
docker_images() {
  local image made
  [[ $* ]] || return 0
  [[ ! -e /run/images ]] || trouble 'the folder /run/images is there already, and the images of the lab are made in it'
  : >"$record/images"
  mkdir /run/images
  make_images "$@"
  for image; do
    made=$(import_image "$image" 2>&1 >/dev/null) || { rm -rf /run/images; trouble "Docker does not take the image $image: ${made##*$'\n'}"; }
  done
  rm -rf /run/images
}
