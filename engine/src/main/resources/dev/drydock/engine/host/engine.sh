# engine: becomes the lab host's Docker Engine, when the world is built and whenever `systemctl start docker` does; its log goes on where
# the one before ended.
engine() {
  local settings=()
  [[ -e /etc/docker/daemon.json ]] && settings=(--config-file /etc/docker/daemon.json)
  # What the file says may not be said a second time.
  grep -qs registry-mirrors /etc/docker/daemon.json || settings+=(--registry-mirror http://10.0.2.2)
  cd /
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root XDG_RUNTIME_DIR=/run \
    setsid dockerd --rootless --host unix:///run/docker.sock --data-root /var/lib/docker --exec-root /run/docker \
    --pidfile /run/docker.pid --storage-driver overlay2 "${settings[@]}" </dev/null >>/var/log/docker.log 2>&1
}
