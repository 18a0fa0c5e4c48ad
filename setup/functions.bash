# Sourced by ./lab, ./test, ./package and bench/, with java.bash: what is missing, how to install it, how to build. Sets nothing but functions.

# say TEXT…: a line for the person at the keyboard, never mixed with a program's output.
say() { printf '%s\n' "$*" >&2; }

# in_sight PHASE COMMAND…: runs the command; on a terminal a last line says meanwhile what the function PHASE prints, and for how long it has run.
in_sight() {
  local phase=$1 started=$SECONDS ticker status
  shift
  if [[ ! -t 2 || ${TERM:-dumb} == dumb ]]; then
    "$@"
    return
  fi
  # The command stays in the foreground: Ctrl-C is for it.
  while [[ -d /proc/$$ ]]; do
    printf '\r\e[K  %.60s … %d s' "$("$phase")" "$((SECONDS - started))" >&2
    sleep 0.25
  done &
  ticker=$!
  trap 'kill "$ticker" 2>/dev/null; printf "\r\e[K" >&2; trap - INT; kill -INT $$' INT
  "$@"
  status=$?
  trap - INT
  kill "$ticker"
  wait "$ticker" 2>/dev/null
  printf '\r\e[K' >&2
  return "$status"
}

# missing_packages KIND…: packages whose command is not there, one "package<TAB>why" a line, each package once.
missing_packages() {
  local kinds=" $* " kind command package why seen=' '
  while read -r kind command package why; do
    case $kind in ''|'#'*) continue ;; esac
    [[ $kinds == *" $kind "* ]] || continue
    has_command "$command" && continue
    [[ $seen == *" $package "* ]] && continue
    seen+="$package "
    printf '%s\t%s\n' "$package" "$why"
  done <"$drydock_root/setup/packages"
}

# has_command NAME: whether the machine has it, in a form that serves.
has_command() {
  local PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
  case $1 in
    java) [[ -n $(find_java) ]] ;;
    javac) [[ -n $(find_java javac) ]] ;;
    # The dynamic busybox cannot live alone in an image.
    busybox) command -v busybox >/dev/null && ! ldd "$(command -v busybox)" >/dev/null 2>&1 ;;
    # A plugin, not a program.
    vagrant-libvirt) compgen -G '/usr/share/rubygems-integration/all/gems/vagrant-libvirt-*' >/dev/null ;;
    # The labs run without /usr/local, whatever lies there.
    docker) [[ -x /usr/bin/docker ]] ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# install_missing KIND…: installs what is missing as root, or prints the one command and returns 3.
install_missing() {
  local missing package why packages=()
  missing=$(missing_packages "$@")
  [[ -n $missing ]] || return 0
  while IFS=$'\t' read -r package why; do packages+=("$package"); done <<<"$missing"
  say "Drydock needs ${#packages[@]} packages that this machine lacks:"
  while IFS=$'\t' read -r package why; do say "$(printf '  %-26s %s' "$package" "$why")"; done <<<"$missing"
  if ! command -v apt-get >/dev/null; then
    say "This machine has no apt-get. Install what these Debian packages hold with its own package manager, then run this again."
    return 3
  fi
  if ((EUID != 0)); then
    say "Installing them needs root. Run this once, then run this again:"
    say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages[*]}"
    return 3
  fi
  install_packages "${packages[@]}"
}

# run_apt PACKAGE…: what it says goes to the file "log".
run_apt() {
  {
    apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
  } </dev/null >"$log" 2>&1
}

# apt_phase: what apt-get is at, by the file "log": Get:7 http://… · Need to get 95.4 MB of archives. · Unpacking curl (7.88.1-10) ... · Setting up …
apt_phase() {
  local line phase='fetching the lists of packages' size
  while read -r line; do
    case $line in
      'Need to get '*) size=${line#Need to get } phase="fetching ${size%% of *} of packages" ;;
      Unpacking\ *) line=${line#Unpacking } phase="unpacking ${line%% *}" ;;
      'Setting up '*) line=${line#Setting up } phase="setting up ${line%% *}" ;;
    esac
  done <"$log"
  printf '%s' "$phase"
}

# install_packages PACKAGE…: as root. Docker, nginx and the ssh server are not started on the machine itself, now or at its next start: labs
# and tests run their own. What was installed before is left as it is.
install_packages() {
  local log docker_was_there=no nginx_was_there=no sshd_was_there=no policy=/usr/sbin/policy-rc.d made_policy=no status=0
  log=$(mktemp)
  [[ -x /usr/sbin/dockerd || -x /usr/bin/dockerd ]] && docker_was_there=yes
  [[ -x /usr/sbin/nginx ]] && nginx_was_there=yes
  [[ -x /usr/sbin/sshd ]] && sshd_was_there=yes
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && made_policy=yes
  fi
  say "Installing: $*"
  in_sight apt_phase run_apt "$@" || status=$?
  [[ $made_policy == yes ]] && rm -f "$policy"
  if ((status != 0)); then
    tail -n 15 "$log" >&2
    say "apt-get could not install them (its last lines are above, all of it is in $log)."
    return 3
  fi
  rm -f "$log"
  if [[ $docker_was_there == no && " $* " == *' docker.io '* && -d /run/systemd/system ]]; then
    systemctl disable --quiet docker.service docker.socket containerd.service 2>/dev/null || true
    say "Docker is installed but stays off on this machine itself; 'systemctl enable --now docker' turns it on."
  fi
  if [[ $nginx_was_there == no && " $* " == *' nginx '* && -d /run/systemd/system ]]; then
    systemctl disable --quiet nginx.service 2>/dev/null || true
    say "nginx is installed but stays off on this machine itself; 'systemctl enable --now nginx' turns it on."
  fi
  if [[ $sshd_was_there == no && " $* " == *' openssh-server '* && -d /run/systemd/system ]]; then
    systemctl disable --quiet ssh.service 2>/dev/null || true
    say "The ssh server is installed but stays off on this machine itself; 'systemctl enable --now ssh' turns it on."
  fi
}

# current_app: the folder of the newest build in "drydock_app"; the archive of shared classes holds its path, so it never moves.
current_app() {
  drydock_app=
  [[ -r $drydock_root/.drydock/current ]] && read -r drydock_app <"$drydock_root/.drydock/current"
}

# stale: whether what was built is missing or older than a source.
stale() {
  [[ -n $drydock_app && -f $drydock_app/built ]] || return 0
  [[ -n $(find "$drydock_root"/pom.xml "$drydock_root"/{verify,engine,shell}/pom.xml "$drydock_root"/{verify,engine,shell}/src/main \
    -newer "$drydock_app/built" -type f -print -quit 2>/dev/null) ]]
}

# build: packages the modules and lays their jars under .drydock/, with an archive of shared classes.
build() {
  local home=$drydock_root/.drydock log=$drydock_root/.drydock/build.log java fresh old
  if ! mkdir -p "$home" 2>/dev/null || [[ ! -w $home ]]; then
    say "Drydock must be built, but $drydock_root is not yours to write to. Clone it to a folder of your own."
    return 3
  fi
  exec {drydock_lock}>"$home/build.lock"
  flock "$drydock_lock"
  current_app
  stale || return 0
  say "Building Drydock (about a minute the first time) …"
  java=$(find_java javac)
  : >"$home/started"
  if ! in_sight build_phase run_maven "${java%/bin/*}"; then
    grep -E '^\[ERROR\]' "$log" | head -n 12 >&2
    say "The build failed; all of Maven's output is in $log"
    return 3
  fi
  fresh=$(mktemp -d "$home/app-XXXXXX") && chmod 755 "$fresh"
  cp "$drydock_root"/shell/target/lib/*.jar "$drydock_root"/shell/target/drydock-shell-*.jar "$fresh/"
  cp "$drydock_root"/verify/src/main/resources/dev/drydock/messages*.properties "$fresh/"
  unpack_native "${java%/*}/jar" "$fresh" "$(uname -m)"
  in_sight start_phase share_classes "$fresh"
  # A source saved while Maven ran is newer than this.
  mv "$home/started" "$fresh/built"
  printf '%s\n' "$fresh" >"$home/current.new" && mv "$home/current.new" "$home/current"
  # A session that still runs may yet open a jar of the build before this one; older builds go.
  for old in "$home"/app-*; do
    [[ $old == "$fresh" || $old == "$drydock_app" ]] || rm -rf "$old"
  done
  drydock_app=$fresh
  flock -u "$drydock_lock"
}

# run_maven JAVA-HOME: what it says goes to the file "log".
run_maven() {
  (cd "$drydock_root" && JAVA_HOME=$1 mvn -B -ntp -Pfast -DskipTests -pl verify,engine,shell package) >"$log" 2>&1 </dev/null
}

# build_phase: what Maven is at, by the file "log": [INFO] Building Drydock verify 0.1.0-SNAPSHOT   [1/3] · [INFO] --- maven-compiler-plugin:3.14.1:compile …
build_phase() {
  local line module='' doing='fetching what Maven needs'
  while read -r line; do
    case $line in
      '[INFO] Building Drydock '*']') line=${line#*Drydock } module=${line%% *} doing="fetching what $module needs" ;;
      *maven-compiler-plugin:*:compile\ *) doing="compiling $module" ;;
      *maven-compiler-plugin:*:testCompile\ *) doing="compiling the tests of $module" ;;
      *maven-jar-plugin:*:jar\ *) doing="packing $module" ;;
      *maven-dependency-plugin:*) doing='collecting the libraries' ;;
    esac
  done <"$log"
  printf '%s' "$doing"
}

start_phase() { printf 'starting a lab once, so that later starts are quick'; }

# unpack_native JAR-TOOL FOLDER MACHINE: into FOLDER/native, JLine's native library for a kind of machine, as uname names it.
# JLine would else unpack it into /tmp at every start, and leave it there when killed.
unpack_native() {
  local machine=$3
  [[ $machine != aarch64 ]] || machine=arm64
  (cd "$2" && "$1" xf jline-*.jar org/jline/nativ/Linux && mkdir native && cp "org/jline/nativ/Linux/$machine/"* native/; rm -rf org)
}
