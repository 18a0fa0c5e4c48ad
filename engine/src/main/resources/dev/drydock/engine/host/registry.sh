# Answers the lab hosts' engines as a registry does (Docker Registry HTTP API V2). The web server of the fake Internet runs it for each request
# for a folder under /v2/; the layers and configurations it sends by itself, as files. An image is made when it is asked for the first time.
# images.sh stands before this text.
PATH=/usr/sbin:/usr/bin:/sbin:/bin TZ=UTC
umask 022
kind=application/vnd.docker

# answer STATUS TYPE TEXT [DIGEST]
answer() {
  printf 'Status: %s\r\nContent-Type: %s\r\nDocker-Distribution-API-Version: registry/2.0\r\n' "$1" "$2"
  printf '%sContent-Length: %d\r\n\r\n%s' "${4:+Docker-Content-Digest: $4$'\r\n'}" "${#3}" "$3"
  exit
}

digest() { local sum; sum=$(sha256sum "$1") && echo "sha256:${sum%% *}"; }

# part MEDIA FILE: what a manifest says of a file that it names; the file becomes one that can be asked for by its digest.
part() {
  local sum
  sum=$(digest "$2")
  printf '{"mediaType":"%s","size":%d,"digest":"%s"}' "$kind.$1" "$(stat -c %s "$2")" "$sum"
  mv "$2" "$blobs/$sum"
}

make_manifest() {
  local tree=/run/image-$image architecture layer ports=
  busybox_files "$tree"
  [[ $image == busybox ]] || "${image}_files" "$tree"
  tar -C "$tree" -cf "$tree.tar" . && rm -rf "$tree" || return
  mkdir -p "$blobs"
  case $(uname -m) in
    x86_64) architecture=amd64 ;;
    aarch64) architecture=arm64 ;;
    *) architecture=$(uname -m) ;;
  esac
  [[ $(image_port "$image") ]] && ports=",\"ExposedPorts\":{\"$(image_port "$image")/tcp\":{}}"
  printf '{"created":"%(%Y-%m-%dT%H:%M:%SZ)T","architecture":"%s","os":"linux","config":{"Env":["PATH=%s"],"Cmd":%s%s},"rootfs":{"type":"layers","diff_ids":["%s"]}}' \
    -1 "$architecture" /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$(image_command "$image")" "$ports" \
    "$(digest "$tree.tar")" >"$tree.config"
  layer=$(part image.rootfs.diff.tar "$tree.tar")
  printf '{"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}' "$kind.distribution.manifest.v2+json" \
    "$(part container.image.v1+json "$tree.config")" "$layer" >"$tree.manifest"
  mkdir -p "$manifests/$(digest "$tree.manifest")"
  mv "$tree.manifest" "/run/$image.manifest"
}

if [[ $REQUEST_URI == /v2/_catalog/ ]]; then
  cd /run/www/v2
  names=(library/*)
  printf -v list '"%s",' "${names[@]}"
  answer '200 OK' application/json "{\"repositories\":[${list%,}]}"
fi
[[ $REQUEST_URI =~ ^/v2/library/([a-z]+)/manifests/ ]] || answer '200 OK' application/json '{}'
image=${BASH_REMATCH[1]} blobs=/run/www/v2/library/$image/blobs manifests=/run/www/v2/library/$image/manifests
exec {lock}>"/run/$image.lock" && flock "$lock"
[[ -e /run/$image.manifest ]] || make_manifest >&2 || answer '500 Internal Server Error' text/plain 'no room'
answer '200 OK' "$kind.distribution.manifest.v2+json" "$(<"/run/$image.manifest")" "$(digest "/run/$image.manifest")"
