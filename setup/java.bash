# Sourced after functions.bash: how the JVM is started.

# java_flags FOLDER: fills the array "flags". One small heap, the first compiler only, no perf-data file under /tmp.
java_flags() {
  flags=(-XX:SharedArchiveFile="$1/lab.jsa" -Xshare:auto -Xlog:disable -Xlog:all=error:stderr -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
    -Xmx512m -XX:-UsePerfData -Dfile.encoding=UTF-8 -Djava.awt.headless=true -Dlibrary.jline.path="$1/native" -Ddrydock.labs="${DRYDOCK_LABS:-$drydock_root/labs}")
}

# start_java FOLDER ARGUMENT…: becomes the JVM.
start_java() {
  local app=$1 java flags
  shift
  read -r java 2>/dev/null <"$app/java"
  [[ -x ${java:-} ]] || java=$(find_java)
  if [[ -z $java ]]; then
    say "There is no Java 17 or later on this machine; apt-get install openjdk-17-jre-headless brings it."
    exit 3
  fi
  java_flags "$app"
  exec "$java" "${flags[@]}" -cp "$(class_path "$app")" dev.drydock.shell.Main "$@"
}

# share_classes FOLDER: writes the archive of the classes that a start loads, by starting once for real.
share_classes() {
  local app=$1 java flags state
  java=$(find_java)
  printf '%s\n' "$java" >"$app/java"
  java_flags "$app"
  state=$(mktemp -d)
  # On a terminal, because that is where a start has to be quick; the list reads every lab. Not cleanup: that would end open labs.
  printf 'lab list\nlab check\nhint\nfinish\n' | XDG_STATE_HOME=$state TERM=xterm-256color script -qec "$(printf '%q ' \
    "$java" -XX:ArchiveClassesAtExit="$app/lab.jsa" "${flags[@]:1}" \
    -cp "$(class_path "$app")" dev.drydock.shell.Main start bridge-by-hand)" /dev/null >/dev/null 2>&1
  rm -rf "$state"
}
