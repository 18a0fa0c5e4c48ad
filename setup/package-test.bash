#!/usr/bin/env bash
# Proves that the Debian package installs, runs, is upgraded and removed cleanly: on this very machine, but in a mount namespace whose
# root is a layer over the machine's, held in memory, so that nothing of the machine changes and the source tree is out of sight.
# Needs root for that layer. Usage: package-test.bash PACKAGE.deb SCRATCH
set -u
drydock_root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
source "$drydock_root/setup/functions.bash"

if ((EUID != 0)); then
  if sudo -n true 2>/dev/null; then exec sudo -n "$0" "$@"; fi
  say "Installing a package in a layer over this machine's root needs the machine's root, and sudo without a password is not to be had here."
  say "Run sudo -v before, or as root: $0 $*"
  exit 3
fi

# What follows runs in the layer; the outer call only makes it.
if [[ ${1:-} != --inside ]]; then
  deb=$(readlink -f "$1") scratch=$(readlink -f "$2")
  exec unshare --mount --propagation private bash "$0" --inside "$deb" "$scratch"
fi
deb=$2 scratch=$3
failures=0

# expect WHAT COMMAND…: runs it; where it fails, says what it said.
expect() {
  local what=$1
  shift
  if ("$@") >/tmp/said 2>&1; then
    echo "  $what"
  else
    echo "  FAILED with status $?: $what"
    sed 's/^/    /' /tmp/said | tail -n 20
    failures=$((failures + 1))
  fi
}

# enter_layer: a root of its own, everything of the machine below it, every change in memory.
enter_layer() {
  local layer=$scratch/layer
  mkdir -p "$layer" && mount -t tmpfs -o mode=755 drydock-package-test "$layer" || return
  mkdir "$layer"/{upper,work,root}
  mount -t overlay -o "lowerdir=/,upperdir=$layer/upper,workdir=$layer/work" overlay "$layer/root" || return
  cp "$deb" "$layer/root/package.deb"
  cp "$drydock_root/setup/packages" "$layer/root/packages"
  mount --rbind /dev "$layer/root/dev" && mount --rbind /sys "$layer/root/sys" && mount -t proc proc "$layer/root/proc" || return
  mount -t tmpfs -o mode=1777 tmpfs "$layer/root/tmp" && mount -t tmpfs -o mode=755 tmpfs "$layer/root/run" || return
  mkdir "$layer"/root/tmp/{machine,upper,lower}
  mount --bind "$layer/upper" "$layer/root/tmp/upper" && mount --bind / "$layer/root/tmp/lower" || return
  # The source tree, and whatever else it could be found by.
  if [[ $drydock_root != /tmp/* && $drydock_root != /run/* ]]; then mount -t tmpfs tmpfs "$layer/root$drydock_root" || return; fi
  cd "$layer/root" && pivot_root . tmp/machine && cd / && umount -l /tmp/machine
}

# changes: what the layer holds beyond the machine: each file that was written or taken away, each folder that is new. Not what dpkg,
# the package manager's log and man keep for themselves.
changes() {
  local path
  find /tmp/upper -mindepth 1 \( -path '*/var/lib/dpkg' -o -path '*/var/log' -o -path '*/var/cache/man' \) -prune -o -printf '%y %P\n' |
    while read -r kind path; do [[ $kind == d && -d /tmp/lower/$path ]] || printf '%s\n' "/$path"; done | sort
}

# dependencies_cover: each command that a lab runs is there, by a package that this one depends on or that every machine has.
dependencies_cover() {
  local kind command package why path owner depends status=0
  depends=" $(dpkg-deb --field /package.deb Depends | tr ',|' '  ') "
  while read -r kind command package why; do
    [[ $kind == run && $command != java ]] || continue
    if [[ $(dpkg-query --show --showformat '${Essential}' "$package") == yes || $depends == *" $package "* ]]; then continue; fi
    echo "the package does not depend on $package, which brings $command"
    status=1
  done </packages
  return $status
}

verbs() { lab --help | awk '/^  [a-z]/ { print $1 }'; }

# manual_pages: each verb has one, it fits 80 columns, and its sections are all there.
manual_pages() {
  local page section text count=0
  for page in lab $(verbs | sed 's/^/lab-/'); do
    text=$(MANWIDTH=80 man --no-hyphenation --encoding UTF-8 --warnings=w 1 "$page" 2>&1 | col -bx) || { echo "no page $page"; return 1; }
    for section in NAME SYNOPSIS DESCRIPTION OPTIONS 'EXIT STATUS' FILES 'SEE ALSO'; do
      grep -qx "$section" <<<"$text" || { echo "$page has no section $section"; return 1; }
    done
    [[ $(wc -L <<<"$text") -le 80 ]] || { echo "$page is wider than 80 columns"; return 1; }
    if grep -E '(^|[ [])[*_][^ ]|troff|grotty' <<<"$text"; then echo "$page shows markup"; return 1; fi
    count=$((count + 1))
  done
  ((count > 10)) || { echo "only $count pages"; return 1; }
}

bash_completes() {
  bash --norc -c 'source /usr/share/bash-completion/completions/lab
    COMP_WORDS=(lab start bridge-b) COMP_CWORD=2; _lab; printf "%s\n" "${COMPREPLY[@]}"' >/tmp/completed
  grep -qx bridge-by-hand /tmp/completed || { cat /tmp/completed; return 1; }
}

zsh_completes() {
  zsh -f -c 'autoload -Uz compinit && compinit -u -D && [[ ${_comps[lab]} == _lab ]] && autoload +X -Uz _lab && whence -f _lab | grep -q _lab_ids'
}

# from_archive: whether a start takes its own classes from the archive.
from_archive() {
  local java flags
  lab --version || return
  source /usr/share/drydock/places.bash
  read -r java </var/cache/drydock/java
  java_flags "$drydock_jars"
  flags=("${flags[@]/-Xlog:disable/}")
  "$java" -Xlog:class+load=info ${flags[@]} -cp "$(class_path "$drydock_jars")" dev.drydock.shell.Main --version >/tmp/loaded 2>&1
  grep -q 'dev.drydock.shell.Main source: shared objects file' /tmp/loaded || { grep -a Main /tmp/loaded; return 1; }
}

# a_trigger_makes_the_archive_anew: as dpkg does when another Java is installed.
a_trigger_makes_the_archive_anew() {
  local before
  before=$(stat -c %i /var/cache/drydock/lab.jsa)
  dpkg-trigger --by-package=default-jre-headless /usr/lib/jvm && dpkg --triggers-only drydock || return
  [[ $(stat -c %i /var/cache/drydock/lab.jsa) != "$before" ]] || { echo "the archive is still the old one"; return 1; }
}

# without_java: installing on a machine whose Java is broken must work, and starting must say what is missing.
without_java() {
  local found
  mkdir /tmp/nothing && mount --bind /tmp/nothing /usr/lib/jvm || return
  dpkg-trigger --by-package=default-jre-headless /usr/lib/jvm && dpkg --triggers-only drydock
  found=$?
  lab --version >/tmp/without 2>&1
  [[ $? == 3 ]] && grep -q 'no Java 17' /tmp/without && [[ ! -e /var/cache/drydock/lab.jsa ]] || found=1
  umount /usr/lib/jvm
  cat /tmp/without
  return $found
}

# upgraded: to a higher version of the same content.
upgraded() {
  dpkg-deb --raw-extract /package.deb /tmp/higher &&
    sed -i 's/^Version: .*/Version: 0.1.0+test1/' /tmp/higher/DEBIAN/control &&
    dpkg-deb -Znone --root-owner-group --build /tmp/higher /tmp/higher.deb && dpkg --install /tmp/higher.deb &&
    [[ $(dpkg-query --show --showformat '${Version} ${db:Status-Status}' drydock) == '0.1.0+test1 installed' ]]
}

nothing_remains() {
  changes >/tmp/after
  dpkg-query --show --showformat '${Package} ${db:Status-Abbrev}\n' >/tmp/packages-after
  diff /tmp/before /tmp/after && diff /tmp/packages-before /tmp/packages-after
}

enter_layer || { say "A layer over this machine's root cannot be mounted here, and the package is not tried without one."; exit 3; }
export HOME=/root XDG_STATE_HOME=/tmp/state XDG_CACHE_HOME=/tmp/cache TMPDIR=/tmp PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
unset JAVA_HOME DRYDOCK_LABS MANPATH
cd /root
dpkg --purge drydock >/dev/null 2>&1
changes >/tmp/before
dpkg-query --show --showformat '${Package} ${db:Status-Abbrev}\n' >/tmp/packages-before
expect 'satisfies lintian' lintian --fail-on error,warning /package.deb
expect 'depends on what labs run' dependencies_cover
expect 'installs' dpkg --install /package.deb
expect 'starts from the archive of shared classes' from_archive
expect 'lists its labs' sh -c 'lab list | grep -q bridge-by-hand'
expect 'proves a lab' lab test bridge-by-hand
expect 'serves an ordinary user' env --chdir=/root setpriv --reuid 12345 --regid 12345 --clear-groups env HOME=/tmp/somebody XDG_STATE_HOME= XDG_CACHE_HOME= lab list
expect 'serves from a folder that is gone' sh -c 'mkdir /gone && cd /gone && rmdir /gone && lab list | grep -q bridge-by-hand'
expect 'leaves no lab host' sh -c 'lab cleanup | grep "Nothing was left"'
expect 'has a manual page for each verb' manual_pages
expect 'completes in bash' bash_completes
expect 'completes in zsh' zsh_completes
expect 'makes the archive anew when a Java comes' a_trigger_makes_the_archive_anew
expect 'says so without Java, and is still installed' without_java
expect 'is upgraded' upgraded
expect 'runs after the upgrade' from_archive
expect 'is removed' dpkg --remove drydock
expect 'is purged' dpkg --purge drydock
expect 'leaves nothing' nothing_remains
if ((failures)); then echo "$failures failed"; fi
((failures == 0))
