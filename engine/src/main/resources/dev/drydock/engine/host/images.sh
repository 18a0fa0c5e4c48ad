# Makes the files of container images from what the machine has; used by docker.sh while the engine starts, and by registry.sh when an image is
# pulled. Nothing comes from a real network.

# make_images IMAGE...: lays out the files of each image under /run/images/IMAGE, all of them side by side.
make_images() {
  local image made=()
  [[ " $* " != *' nginx '* ]] || type -P nginx >/dev/null || trouble 'nginx is not installed here: apt-get install nginx'
  busybox_files /run/images/busybox
  for image; do
    [[ $image == busybox ]] || { cp -a /run/images/busybox "/run/images/$image"; "${image}_files" "/run/images/$image"; } &
    made+=($!)
  done
  # Without a number it would wait for the engine as well.
  ((${#made[@]} == 0)) || wait "${made[@]}"
}

# import_image IMAGE: hands what was laid out to the engine, as a stream.
import_image() {
  local change=("--change=CMD $(image_command "$1")")
  [[ $(image_port "$1") ]] && change+=("--change=EXPOSE $(image_port "$1")")
  tar -C "/run/images/$1" -cf - . | docker import "${change[@]}" - "$1:latest"
}

# image_command IMAGE: what a container of it runs, as JSON.
image_command() {
  case $1 in
    busybox) echo '["sh"]' ;;
    httpd) echo '["httpd", "-f", "-p", "80", "-h", "/www"]' ;;
    nginx) echo '["nginx", "-g", "daemon off;"]' ;;
    toolbox) echo '["bash"]' ;;
  esac
}

# image_port IMAGE: the port of TCP that it exposes, or nothing.
image_port() {
  case $1 in httpd | nginx) echo 80 ;; esac
}

# into FOLDER PROGRAM...: copies programs to FOLDER/usr/bin, and the shared libraries and the loader they need to where the loader looks.
into() {
  local folder=$1 program libraries
  shift
  mkdir -p "$folder"/{usr/bin,bin}
  cp -L "$@" "$folder/usr/bin"
  for program; do
    program=${program##*/}
    # Busybox has programs of the same names in /bin; these are the real ones.
    ln -sf "../usr/bin/$program" "$folder/bin/$program"
  done
  # not by a process substitution, which needs /dev/fd
  mapfile -t libraries <<<"$(ldd "$@" 2>/dev/null | sed -n 's/^\t\(.* => \)\?\(\/[^ ]*\) (0x.*/\2/p' | sort -u)"
  # Names are looked up by parts of the C library that no program names.
  for program in "${libraries[@]}"; do
    [[ $program == */libc.so.6 ]] && libraries+=("${program%/*}"/libnss_{dns,files}.so.2 "${program%/*}/libresolv.so.2")
  done
  cp -L --parents "${libraries[@]}" "$folder" 2>/dev/null
}

# The tree that every image begins with.
busybox_files() {
  local busybox
  busybox=$(type -P busybox)
  mkdir -p "$1"/{bin,dev,etc,home,proc,root,run,sys,tmp,usr/bin,usr/sbin,var/log}
  cp "$busybox" "$1/bin/busybox"
  # Its links name the path that it runs from, which must be one where programs may run: on a machine with systemd /run is not.
  [[ $busybox == /bin/* ]] || ln -s /bin/busybox "$1$busybox"
  "$busybox" --install -s "$1/bin" 2>/dev/null
  chmod 1777 "$1/tmp"
  printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'nobody:x:65534:65534:nobody:/home:/bin/false' >"$1/etc/passwd"
  printf '%s\n' 'root:x:0:' 'nobody:x:65534:' >"$1/etc/group"
}

httpd_files() {
  mkdir -p "$1/www/cgi-bin"
  cat >"$1/www/cgi-bin/index.cgi" <<'PAGE'
#!/bin/sh
printf 'Content-Type: text/plain\r\n\r\nHello from container %s\n' "$(hostname)"
PAGE
  cat >"$1/www/cgi-bin/client" <<'PAGE'
#!/bin/sh
source=${REMOTE_ADDR#[}
source=${source%]}
printf 'Content-Type: text/plain\r\n\r\nYour packets come from %s\n' "${source#::ffff:}"
PAGE
  chmod 755 "$1/www/cgi-bin/index.cgi" "$1/www/cgi-bin/client"
}

# Laid out as the image that everybody knows: a default server in conf.d, and logs where `docker logs` finds them.
nginx_files() {
  into "$1" "$(type -P nginx)"
  mkdir -p "$1"/{etc/nginx/conf.d,usr/share/nginx/html,usr/sbin,var/lib/nginx,var/log/nginx,var/cache/nginx}
  cp /usr/share/nginx/html/index.html "$1/usr/share/nginx/html/"
  ln -s /dev/stdout "$1/var/log/nginx/access.log"
  ln -s /dev/stderr "$1/var/log/nginx/error.log"
  account "$1" nginx 101
  echo 'hosts: files dns' >"$1/etc/nsswitch.conf"
  cat >"$1/etc/nginx/nginx.conf" <<'CONF'
user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /run/nginx.pid;

events {
    worker_connections  1024;
}

http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile        on;
    keepalive_timeout  65;

    include /etc/nginx/conf.d/*.conf;
}
CONF
  cat >"$1/etc/nginx/conf.d/default.conf" <<'CONF'
server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }
}
CONF
  cat >"$1/etc/nginx/mime.types" <<'CONF'
types {
    text/html                html htm;
    text/css                 css;
    text/plain               txt;
    text/xml                 xml;
    application/javascript   js;
    application/json         json;
    image/gif                gif;
    image/jpeg               jpeg jpg;
    image/png                png;
    image/svg+xml            svg;
    image/x-icon             ico;
}
CONF
}

toolbox_files() {
  local program programs=()
  for program in bash ip ss bridge tc curl tcpdump ping dig host; do
    program=$(type -P "$program") && programs+=("$program")
  done
  into "$1" "${programs[@]}"
  mkdir -p "$1/etc/ssl/certs"
  cp -aL --no-preserve=ownership --parents /etc/iproute2 /usr/share/iproute2 /usr/lib/tc "$1" 2>/dev/null
  cat /usr/share/ca-certificates/mozilla/*.crt >"$1/etc/ssl/certs/ca-certificates.crt" 2>/dev/null
  # Debian's tcpdump becomes this user once it listens.
  account "$1" tcpdump 102
  echo 'hosts: files dns' >"$1/etc/nsswitch.conf"
}

# account FOLDER NAME NUMBER: one more beside busybox's.
account() {
  echo "$2:x:$3:$3:$2:/nonexistent:/bin/false" >>"$1/etc/passwd"
  echo "$2:x:$3:" >>"$1/etc/group"
}
