# Sourced by ./lab, ./test and ./package after functions.bash, and by the lab of the Debian package alone: how the JVM is started.
# Sets nothing but functions. FOLDER holds the jars; what the package keeps elsewhere is told by these, or else lies in FOLDER:
# drydock_archive, the archive of shared classes; drydock_native, the folder of JLine's native library; drydock_labs, the labs.

# find_java [PROGRAM]: the path of a java (or javac) of version 17 or later: JAVA_HOME's, the PATH's, or one under /usr/lib/jvm.
find_java() {
  local program=${1:-java} candidate release
  for candidate in ${JAVA_HOME:+"$JAVA_HOME/bin/$program"} "$(command -v "$program" 2>/dev/null)" /usr/lib/jvm/*/bin/"$program"; do
    [[ -x $candidate ]] || continue
    candidate=$(readlink -f "$candidate")
    release=${candidate%/bin/*}/release
    [[ -r $release && $(<"$release") =~ JAVA_VERSION=\"([0-9]+) ]] && ((BASH_REMATCH[1] >= 17)) || continue
    printf '%s\n' "$candidate"
    return 0
  done
}

# class_path FOLDER: its jars in a fixed order, as the archive of shared classes demands, in whatever language the person works.
class_path() {
  local LC_ALL=C IFS=: jars
  jars=("$1"/*.jar)
  printf '%s' "${jars[*]}"
}

# java_flags FOLDER: fills the array "flags" for the "java" that is to be started. One small heap, the first compiler only, no perf-data file under /tmp.
java_flags() {
  local release=
  flags=(-XX:SharedArchiveFile="${drydock_archive:-$1/lab.jsa}" -Xshare:auto -Xlog:disable '-Xlog:all=error,cds*=off:stderr' -XX:TieredStopAtLevel=1
    -XX:+UseSerialGC -Xmx512m -XX:-UsePerfData -Dfile.encoding=UTF-8 -Djava.awt.headless=true
    -Dlibrary.jline.path="${drydock_native:-$1/native}" -Ddrydock.messages="$1" -Ddrydock.labs="${DRYDOCK_LABS:-${drydock_labs:-${drydock_root:-}/labs}}")
  # From 24 on Java warns at each start of JLine's native library. --enable-native-access silences it as well, but makes Java complain of its own
  # archive of shared classes, and leave out a part of it.
  [[ ! ${java:-} ]] || read -r -d '' release 2>/dev/null <"${java%/bin/*}/release" || true
  [[ $release =~ JAVA_VERSION=\"([0-9]+) ]] && ((BASH_REMATCH[1] >= 24)) && flags+=(--illegal-native-access=allow)
  return 0
}

# start_java FOLDER ARGUMENT…: becomes the JVM; the one that made the archive, where it is still there.
start_java() {
  local app=$1 archive=${drydock_archive:-$1/lab.jsa} java flags
  shift
  read -r java 2>/dev/null <"${archive%/*}/java"
  [[ -x ${java:-} ]] || java=$(find_java)
  if [[ -z $java ]]; then
    printf '%s\n' 'There is no Java 17 or later on this machine. Debian and Ubuntu have it as default-jre-headless or openjdk-21-jre-headless.' >&2
    exit 3
  fi
  java_flags "$app"
  # No JVM starts in a folder that is gone, where bash knows no PWD, and no program in one that may not be entered.
  [[ ${PWD:-} -ef . ]] || cd / 2>/dev/null
  # The JVM would give the number of a closed one to a file of its own, and read that as what is typed.
  [[ -e /proc/$$/fd/0 ]] || exec </dev/null
  [[ -e /proc/$$/fd/1 ]] || exec >/dev/null
  [[ -e /proc/$$/fd/2 ]] || exec 2>/dev/null
  # The JVM can only open files whose names the locale can spell. Main takes this back.
  export DRYDOCK_LC_ALL=${LC_ALL:-} LC_ALL=C.UTF-8
  exec "$java" "${flags[@]}" -cp "$(class_path "$app")" dev.drydock.shell.Main "$@"
}

# start_once JAVA FOLDER FLAG…: starts a lab for real, with these flags of the JVM before the usual ones, and ends it.
# On a terminal, because that is where a start has to be quick; the list reads every lab, and five steps solved give the pictures and
# the questions something to tell. Not cleanup: that would end open labs.
start_once() {
  local java=$1 app=$2 flags state
  shift 2
  java_flags "$app"
  state=$(mktemp -d "$app/state-XXXXXX")
  printf '%s\n' 'lab list' 'lab check' hint 'lab solve' {'lab next','lab next','lab next','lab next'}$'\nlab solve' \
    topo changes 'why red blue' 'trace red blue:80' 'why labhost 8.8.8.8' finish |
    XDG_STATE_HOME=$state TERM=xterm-256color script -qec "$(printf '%q ' "$java" "$@" "${flags[@]:1}" \
      -cp "$(class_path "$app")" dev.drydock.shell.Main start bridge-by-hand)" /dev/null >/dev/null 2>&1
  rm -rf "$state"
}

# share_classes FOLDER: writes the archive of the classes that a start loads, by starting once for real.
share_classes() {
  local java
  java=$(find_java)
  printf '%s\n' "$java" >"$1/java"
  start_once "$java" "$1" -XX:ArchiveClassesAtExit="$1/lab.jsa"
}

# list_classes FOLDER FILE: writes the names of the classes that a start loads. The first start fills the memory of what the machine
# can run, so that the second loads what most starts load.
list_classes() {
  local java cache
  java=$(find_java)
  cache=$(mktemp -d)
  XDG_CACHE_HOME=$cache start_once "$java" "$1"
  XDG_CACHE_HOME=$cache start_once "$java" "$1" -XX:DumpLoadedClassList="$2.raw"
  rm -rf "$cache"
  LC_ALL=C sort -u "$2.raw" >"$2" && rm "$2.raw"
}

# dump_classes FOLDER LIST: makes the archive "drydock_archive" of the classes in LIST, and removes it where no Java can.
dump_classes() {
  local folder=${drydock_archive%/*} java flags fresh
  java=$(find_java)
  if [[ -n $java ]] && mkdir -p "$folder" && fresh=$(mktemp "$folder/fresh-XXXXXX"); then
    rm "$fresh"
    java_flags "$1"
    timeout 300 "$java" -Xshare:dump -XX:SharedClassListFile="$2" -XX:SharedArchiveFile="$fresh" "${flags[@]:2}" -cp "$(class_path "$1")" \
      </dev/null >/dev/null 2>&1
    if [[ -s $fresh ]]; then
      chmod 644 "$fresh" && mv -f "$fresh" "$drydock_archive" && printf '%s\n' "$java" >"$folder/java"
      return 0
    fi
  fi
  rm -f "${fresh:-}" "$drydock_archive" "$folder/java"
}
