# Starts the lab host's own Docker Engine and makes the images; sourced by labhost.sh after it moved into its root.
[[ -x /usr/sbin/dockerd ]] || trouble 'Docker is not installed here: apt-get install docker.io'
ids=0
while read -r _ _ count; do ids=$((ids + count)); done </proc/self/uid_map
((ids >= 65536)) || trouble 'Docker needs a range of subordinate user ids (package uidmap, and a line for this user in /etc/subuid and /etc/subgid)'
XDG_RUNTIME_DIR=/run setsid dockerd --rootless --host unix:///run/docker.sock --data-root /var/lib/docker --exec-root /run/docker \
  --pidfile /run/docker.pid --storage-driver overlay2 </dev/null >/var/log/docker.log 2>&1 {up}>&- &
dockerd=$!

# An image's files while the engine starts: nothing is pulled.
mkdir -p /run/images/{bin,dev,etc,home,proc,root,sys,tmp,usr/bin,usr/sbin,var/log}
cp /usr/bin/busybox /run/images/bin/busybox
chroot /run/images /bin/busybox --install -s /bin
chmod 1777 /run/images/tmp
printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'nobody:x:65534:65534:nobody:/home:/bin/false' >/run/images/etc/passwd
printf '%s\n' 'root:x:0:' 'nobody:x:65534:' >/run/images/etc/group
tar -C /run/images -cf /run/busybox.tar .
if [[ " $images " == *' httpd '* ]]; then
  mkdir -p /run/images/www/cgi-bin
  cat >/run/images/www/cgi-bin/index.cgi <<'EOF'
#!/bin/sh
printf 'Content-Type: text/plain\r\n\r\nHello from container %s\n' "$(hostname)"
EOF
  chmod 755 /run/images/www/cgi-bin/index.cgi
  tar -C /run/images -cf /run/httpd.tar .
fi

exec {tick}<> <(:)
until [[ -S /run/docker.sock ]]; do
  kill -0 "$dockerd" 2>/dev/null || trouble "Docker does not start here: $(grep -v level=info /var/log/docker.log | tail -n 1)"
  read -r -t 0.005 -u "$tick"
done
exec {tick}>&-
# A client that connects before the engine is ready is simply answered later, so this waits for readiness, too.
for image in $images; do
  case $image in
    busybox) change=('CMD ["sh"]') ;;
    httpd) change=('CMD ["httpd", "-f", "-p", "80", "-h", "/www"]' 'EXPOSE 80') ;;
  esac
  { docker import "${change[@]/#/--change=}" "/run/$image.tar" "$image:latest" >/dev/null 2>"/run/$image.err" || : >"/run/$image.failed"; } &
  imports+=($!)
done
((${#imports[@]})) || { docker version >/dev/null 2>/run/docker.err || : >/run/docker.failed; }
wait "${imports[@]}"
for failed in /run/*.failed; do
  [[ -e $failed ]] && trouble "Docker does not work here: $(tail -n 1 "${failed%failed}err"; grep -v level=info /var/log/docker.log | tail -n 1)"
done
rm -rf /run/images /run/*.tar /run/*.err
