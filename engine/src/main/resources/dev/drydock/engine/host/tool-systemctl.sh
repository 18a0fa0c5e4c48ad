# systemctl of a lab host, which has no systemd: for docker it does what systemd does for docker.service, and says for all else that it cannot.
verb= units=() quiet=
for word; do
  case $word in
    -q | --quiet) quiet=yes ;;
    --now) now=yes ;;
    -*) ;;
    *) if [[ $verb ]]; then units+=("$word"); else verb=$word; fi ;;
  esac
done
no_systemd() { printf "$SAY_NO_SYSTEMD\n" >&2; }
docker_alone() {
  local unit name
  for unit in "${units[@]}"; do
    case $unit in docker | docker.service | docker.socket | containerd | containerd.service) [[ $has_docker == yes ]] && continue ;; esac
    [[ $unit == *.* ]] && name=$unit || name=$unit.service
    case $verb in
      status | is-*) [[ $quiet ]] || echo "Unit $name could not be found." >&2; code=4 ;;
      *) echo "Failed to $verb $name: Unit $name not found." >&2; code=5 ;;
    esac
    if [[ $quiet ]]; then :; elif [[ $unit == docker* ]]; then echo "$SAY_NO_DOCKER" >&2; else no_systemd; fi
    exit "$code"
  done
}
# running: the number of the engine in "pid"; fails where none runs.
running() {
  local name
  for pid in $(cat /run/docker.pid 2>/dev/null) $(pgrep -xo dockerd); do
    { read -r name <"/proc/$pid/comm"; } 2>/dev/null && [[ $name == dockerd ]] && return
  done
  return 1
}
nap() { read -rt "$1" <> <(:); }
stop() {
  running || return 0
  local tries
  kill "$pid"
  for ((tries = 1; tries <= 900; tries++)); do
    [[ -e /proc/$pid ]] || return 0
    ((tries == 10)) && [[ -t 2 ]] && echo "$SAY_STOPPING" >&2
    nap 0.1
  done
  kill -9 "$pid"
}
failed() {
  echo 'Job for docker.service failed because the control process exited with error code.
See "systemctl status docker.service" and "journalctl -xeu docker.service" for details.' >&2
  exit 1
}
start() {
  running && return
  # Whoever is in another network namespace starts what the lab host's own has, as systemd would.
  nsenter --target 1 --mount --net --uts --ipc bash -c "$(declare -f engine); engine & echo \$! >/run/docker.started" </dev/null >/dev/null 2>&1
  read -r started </run/docker.started && rm /run/docker.started || failed
  until curl -qsf --unix-socket /run/docker.sock http://docker/_ping >/dev/null 2>&1 || docker version >/dev/null 2>&1; do
    [[ -e /proc/$started ]] || failed
    nap 0.05
  done
  return 0
}
status() {
  local since seconds mark=○ state='inactive (dead)' code=3
  running && mark=● state='active (running)' code=0
  echo "$mark docker.service - Docker Application Container Engine"
  echo '     Loaded: loaded (/lib/systemd/system/docker.service; enabled; preset: enabled)'
  if ((code == 0)); then
    seconds=$(ps -o etimes= -p "$pid")
    printf -v since '%(%a %Y-%m-%d %H:%M:%S %Z)T' "$(($(printf '%(%s)T' -1) - seconds))"
    echo "     Active: $state since $since; ${seconds//[^0-9]/}s ago"
    echo "   Main PID: $pid (dockerd)"
  else
    echo "     Active: $state"
  fi
  echo
  tail -n 10 /var/log/docker.log 2>/dev/null
  return "$code"
}
case $verb in
  '' | list-* | daemon-* | show* | cat | edit | isolate | poweroff | reboot | halt | get-default | set-default) no_systemd; exit 1 ;;
esac
((${#units[@]})) || { no_systemd; exit 1; }
docker_alone
case $verb in
  start) start ;;
  stop) stop ;;
  restart | try-restart | force-reload | reload-or-restart)
    [[ $verb == try-* ]] && ! running && exit 0
    stop
    start
    ;;
  reload) running && kill -HUP "$pid" || { echo 'docker.service is not active, cannot reload.' >&2; exit 1; } ;;
  kill) running && kill "$pid" ;;
  status) status ;;
  is-active) if running; then state=active code=0; else state=inactive code=3; fi; [[ $quiet ]] || echo "$state"; exit "$code" ;;
  is-failed) if running; then echo active; else echo inactive; fi; exit 1 ;;
  is-enabled) [[ $quiet ]] || echo enabled ;;
  enable | unmask) [[ $now ]] && start ;;
  disable | mask) [[ $now ]] && stop ;;
  reset-failed) ;;
  *) echo "Unknown command verb '$verb'." >&2; exit 1 ;;
esac
