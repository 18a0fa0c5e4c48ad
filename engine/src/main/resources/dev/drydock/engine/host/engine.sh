# engine: becomes the lab host's Docker Engine, when the world is built and whenever `systemctl start docker` does; its log goes on where
# the one before ended.
engine() {
  local settings=() rootlesskit=() options= line containerd=/run/containerd
  [[ -e /etc/docker/daemon.json ]] && settings=(--config-file /etc/docker/daemon.json)
  # What the file says may not be said a second time.
  grep -qs registry-mirrors /etc/docker/daemon.json || settings+=(--registry-mirror http://10.0.2.2)
  # A containerd beside it, as systemd runs one. One that dockerd starts is asked by it twice a second whether it is well, and one with its own
  # defaults looks up to fifty times a second whether there is garbage to collect: a hundred worlds that do nothing would take a processor.
  if type -P containerd >/dev/null && ! grep -qs '"containerd"' /etc/docker/daemon.json; then
    settings+=(--containerd $containerd/containerd.sock)
    if ! { read -r line <$containerd/pid && [[ $(</proc/$line/comm) == containerd ]]; } 2>/dev/null; then
      mkdir -p $containerd
      cat >$containerd/config.toml <<'END'
version = 2
oom_score = 0
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images", "io.containerd.cri.v1.runtime", "io.containerd.internal.v1.opt"]
[plugins."io.containerd.gc.v1.scheduler"]
  pause_threshold = 0.0001
END
      (cd / && exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin setsid bash -c 'echo $$ >"$1/pid"; exec containerd --config "$1/config.toml"' containerd \
        $containerd </dev/null >>/var/log/containerd.log 2>&1 &)
    fi
  fi
  # As Debian's docker.service does with its EnvironmentFile.
  while read -r line; do
    [[ $line == DOCKER_OPTS=* ]] && options=${line#*=} && options=${options#[\"\']} && options=${options%[\"\']}
  done 2>/dev/null </etc/default/docker
  # From 28 on a rootless engine asks at its start, once, whether published ports have to be opened by RootlessKit too. Here they have not.
  if [[ $(dockerd --version) =~ \ ([0-9]+)\. ]] && ((BASH_REMATCH[1] >= 28)); then
    rootlesskit=(ROOTLESSKIT_STATE_DIR=/run/rootlesskit)
    mkdir -p /run/rootlesskit
    perl -MSocket -e 'unlink $ARGV[0];
      my ($socket, $asks);
      socket($socket, PF_UNIX, SOCK_STREAM, 0) && bind($socket, sockaddr_un($ARGV[0])) && listen($socket, 1) or die "$ARGV[0]: $!\n";
      exit if fork;
      alarm 300;
      accept($asks, $socket);
      while (<$asks>) { last if /^\r?\n$/ }
      my $is = q({"apiVersion":"1.1.1","version":"2.3.5","stateDir":"/run/rootlesskit","childPID":1,"networkDriver":{"driver":"none"},"portDriver":{"driver":"implicit","protos":["tcp","udp"]}});
      printf $asks "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", length $is, $is;
      unlink $ARGV[0]' /run/rootlesskit/api.sock </dev/null >>/var/log/docker.log 2>&1
  fi
  cd /
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root XDG_RUNTIME_DIR=/run "${rootlesskit[@]}" \
    setsid dockerd --rootless --host unix:///run/docker.sock --data-root /var/lib/docker --exec-root /run/docker \
    --pidfile /run/docker.pid --storage-driver overlay2 "${settings[@]}" $options </dev/null >>/var/log/docker.log 2>&1
}
