# Sourced by ./lab, ./test, ./package and bench/, with java.bash: how to build; install.bash has what is missing and how to install it.
# Sets nothing but functions.
source "${BASH_SOURCE[0]%/*}/install.bash"

# say TEXT…: a line for the person at the keyboard, never mixed with a program's output.
say() { printf '%s\n' "$*" >&2; }

# only_linux: ends with a sentence on another kernel. Runs on whatever bash is there.
only_linux() {
  [[ $OSTYPE == linux* ]] && return
  say 'Labs are made of Linux namespaces, and this is not Linux. docs/MACHINES.md says how to have a Linux machine here: with Lima, Vagrant or WSL.'
  exit 3
}

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
  : >"$home/started" >"$log"
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
