# engine: becomes the lab host's Docker Engine, when the world is built and whenever `systemctl start docker` does; its log goes on where
# the one before ended.
engine() {
  local settings=() rootlesskit=() options= line
  [[ -e /etc/docker/daemon.json ]] && settings=(--config-file /etc/docker/daemon.json)
  # What the file says may not be said a second time.
  grep -qs registry-mirrors /etc/docker/daemon.json || settings+=(--registry-mirror http://10.0.2.2)
  # As Debian's docker.service does with its EnvironmentFile.
  while read -r line; do
    [[ $line == DOCKER_OPTS=* ]] && options=${line#*=} && options=${options#[\"\']} && options=${options%[\"\']}
  done 2>/dev/null </etc/default/docker
  # From 28 on a rootless engine asks at its start, once, whether published ports have to be opened by RootlessKit too. Here they have not.
  if [[ $(dockerd --version) =~ \ ([0-9]+)\. ]] && ((BASH_REMATCH[1] >= 28)); then
    rootlesskit=(ROOTLESSKIT_STATE_DIR=/run/rootlesskit)
    mkdir -p /run/rootlesskit
    perl -MSocket -e 'unlink $ARGV[0];
      socket(my $socket, PF_UNIX, SOCK_STREAM, 0) && bind($socket, sockaddr_un($ARGV[0])) && listen($socket, 1) or die "$ARGV[0]: $!\n";
      exit if fork;
      alarm 300;
      accept(my $asks, $socket);
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
