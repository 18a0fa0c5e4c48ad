# All of the Internet that a lab host ever sees: two addresses that answer ping, DNS and HTTP. For the engines of the lab hosts its web server is
# a registry of the images that can be made here; REGISTRY_SH is that, or nothing.
up=$1
shift
registry=$REGISTRY_SH
unset WORLD_SH INTERNET_SH HOST_SH TOOLS_SH DOCKER_SH REGISTRY_SH WORLD_HOSTS
ip -batch - <<'EOF' || { echo '+trouble the fake Internet has no addresses' >&"$up"; exit 3; }
link set lo up
link set eth0 address 02:00:0a:00:02:02 up
addr add 10.0.2.2/24 dev eth0
addr add 8.8.8.8/32 dev lo
addr add 1.1.1.1/32 dev lo
EOF
echo 0 >/proc/sys/net/ipv4/ip_forward
# Whoever is inside talks to these two programs, so that they see no file of the machine's but programs.
groups=$(</proc/self/setgroups)
cd /run/root && mount -t tmpfs -o size=160m,mode=755 internet . && cd /run/root && mkdir dev etc old tmp run && : >dev/null >dev/urandom || exit
for folder in usr bin sbin lib lib32 lib64 libx32; do
  if [[ -L /$folder ]]; then cp -P "/$folder" .; elif [[ -d /$folder ]]; then mkdir "$folder"; echo "/run/machine/$folder /run/root/$folder none rbind 0 0"; fi
done >/run/root/fstab
for device in null urandom; do echo "/dev/$device /run/root/dev/$device none bind 0 0"; done >>/run/root/fstab
echo 'root:x:0:0:root:/:/bin/sh' >etc/passwd
echo 'root:x:0:' >etc/group
mount -a -T /run/root/fstab && $PIVOT_ROOT . old && busybox umount -l /old && cd / ||
  { echo '+trouble the fake Internet has no file system' >&"$up"; exit 3; }
names=() number=15
for host; do
  names+=("--host-record=$host,10.0.2.$number")
  number=$((number + 1))
done
exec {keep_up}>&"$up"
# Both put themselves in the background once they listen, so that returning means ready.
name_server=(dnsmasq --conf-file=/dev/null --pid-file= --user=root --group=root --no-resolv --no-hosts --no-poll --cache-size=0
  --address=/#/ --host-record=dns.google,8.8.8.8 --host-record=one.one.one.one,1.1.1.1
  --host-record=example.com,8.8.8.8 --host-record=www.example.com,1.1.1.1 "${names[@]}")
if [[ $groups == allow ]]; then
  "${name_server[@]}" </dev/null >/dev/null 2>&1 {up}>&- {keep_up}>&-
else
  # A world of a single id may not set groups, which dnsmasq only leaves alone where it stays in the foreground.
  mkfifo /run/said
  "${name_server[@]}" --no-daemon </dev/null >/run/said 2>&1 {up}>&- {keep_up}>&- &
  exec {said}</run/said
  until read -r line <&"$said" && [[ $line == *started* ]]; do [[ $line ]] || break; done
  [[ $line == *started* ]]
fi || { echo '+trouble dnsmasq does not start (Debian package dnsmasq-base)' >&"$keep_up"; exit 3; }
mkdir -p /run/www/cgi-bin
cat >/run/www/cgi-bin/index.cgi <<'EOF'
#!/bin/sh
case $REQUEST_URI in /v2/*) [ ! -e /run/registry ] || exec bash /run/registry ;; esac
source=${REMOTE_ADDR#[}
source=${source%]}
printf 'Content-Type: text/plain\r\n\r\nHello from the Internet. Your packets come from %s\n' "${source#::ffff:}"
EOF
chmod 755 /run/www/cgi-bin/index.cgi
if [[ $registry ]]; then
  printf '%s' "$registry" >/run/registry
  mkdir -p /run/www/v2/_catalog
  for image in busybox httpd toolbox nginx; do
    { [[ $image == nginx ]] && ! type -P nginx >/dev/null; } || mkdir -p "/run/www/v2/library/$image/manifests/latest"
  done
fi
env -i PATH="$PATH" busybox httpd -p 0.0.0.0:80 -h /run/www </dev/null >/dev/null 2>&1 ||
  { echo '+trouble busybox httpd does not start (Debian package busybox-static)' >&"$keep_up"; exit 3; }
echo '+up internet' >&"$keep_up"
