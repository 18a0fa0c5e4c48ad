# Sourced by setup/engines/prove and, in the root tree, by setup/engines/inside: the stages of the proof, each a function stage_NAME. Sets
# only functions and the list of the stages.

stages=(newcomer labs networks)
# Of Docker's labs those whose texts and rules differ most between engines.
six=(bridge-basics outside-world published-ports none-network container-network custom-bridge)

# run_stages: packages first, then what is asked for; a stage that fails does not keep the next from running.
run_stages() {
  local stage failed=()
  useradd --create-home --shell /bin/bash student && grep -q '^student:' /etc/subuid || { say "   there is no ordinary user with a range of ids"; return 3; }
  for stage in "${stages[@]}"; do
    [[ $stage == newcomer || " $drydock_stages " == *" $stage "* ]] || continue
    run_stage "$stage" || failed+=("$stage")
    [[ $stage == newcomer && ${#failed[@]} != 0 ]] && break
  done
  if [[ $drydock_shell == yes ]]; then bash -i; fi
  ((${#failed[@]} == 0)) && return
  say "FAILED: ${failed[*]}"
  return 1
}

# student COMMAND…: as an ordinary user, in the same folder.
student() { setpriv --reuid student --regid student --init-groups env HOME=/home/student USER=student LOGNAME=student "$@"; }

# as WHO COMMAND…
as() {
  local who=$1
  shift
  if [[ $who == root ]]; then "$@"; else student "$@"; fi
}

# logged NAME COMMAND…: what it reads is kept for it; its output goes into the log NAME, the end of it to the person at the keyboard when it fails.
logged() {
  local log=/log/$1 status=0
  shift
  "$@" >>"$log" 2>&1 || status=$?
  ((status == 0)) || tail -n 40 "$log" >&2
  return "$status"
}

# What the README tells, first by an ordinary user, who is told one command for root, then by root, whom it installs and builds for.
stage_newcomer() {
  local asked package status
  student ./lab start bridge-basics </dev/null >/log/told 2>&1
  status=$?
  asked=$(sed -nE "s/^.*apt-get update && (sudo )?apt-get install -y --no-install-recommends ([^']*)'?$/\\2/p" /log/told)
  if ((status != 3)) || [[ -z $asked ]]; then
    cat /log/told >&2
    say "   an ordinary user is not told the command that installs what is missing (status $status)"
    return 1
  fi
  played root || return
  for package in $asked; do
    [[ $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) == ii* ]] && continue
    say "   the command that an ordinary user is told names $package, which root was not given"
    return 1
  done
  versions | tee /log/versions | sed 's/^/   /' >&2
  played user || return
  # A kernel without ipvlan is no matter of the engine.
  student ./lab doctor >/log/doctor 2>&1 </dev/null
  grep -qE '✓ +docker' /log/doctor && return
  cat /log/doctor >&2
  say "   doctor does not find that Docker works here"
  return 1
}

# played WHO: bridge-basics from its first step to its last.
played() {
  local started=$SECONDS
  answers bridge-basics | logged "newcomer-$1" as "$1" ./lab start bridge-basics || return
  if ! grep -qE '([0-9]+) of \1 steps done' "/log/newcomer-$1"; then
    tail -n 20 "/log/newcomer-$1" >&2
    say "   bridge-basics was not done to its end as $1"
    return 1
  fi
  say "   as $1: bridge-basics begun, played and done in $((SECONDS - started)) s"
}

# versions: what differs between machines, one "NAME VERSION" a line.
versions() {
  printf 'docker %s\n' "$(dockerd --version | grep -oE '[0-9]+\.[0-9.]+' | head -n 1)"
  printf 'iptables %s\n' "$(iptables --version | grep -oE '[0-9]+\.[0-9.]+' | head -n 1)"
  printf 'iproute2 %s\n' "$(ip -V | grep -oE '[0-9]+\.[0-9.]+' | head -n 1)"
  printf 'ping %s\n' "$(ping -V | grep -oE '[0-9]{8}' | head -n 1)"
  printf 'curl %s\n' "$(curl --version | grep -oE '[0-9]+\.[0-9.]+' | head -n 1)"
  printf 'java %s\n' "$("$(find_java)" -version 2>&1 | grep -oE '[0-9]+[0-9.]*' | head -n 1)"
  printf 'kernel %s\n' "$(uname -r)"
}

# With --some each lab once: those of Docker as root, those by hand as the ordinary user, unless only one of the two is asked for.
stage_labs() {
  local who labs by_hand failed=0
  mapfile -t by_hand < <(grep -l '^track: by-hand' labs/*/lab.yaml | cut -d/ -f2)
  for who in $drydock_as; do
    labs=(--all)
    if [[ $drydock_some == yes ]]; then
      case $who/$drydock_as in
        root/*' '*) labs=("${six[@]}") ;;
        user/*' '*) labs=("${by_hand[@]}") ;;
        *) labs=("${six[@]}" "${by_hand[@]}") ;;
      esac
    fi
    say "   as $who: ${labs[*]}"
    as "$who" ./lab test "${labs[@]}" --strict --excepting ipvlan -j "$((2 * $(nproc)))" </dev/null 2>&1 | tee "/log/labs-$who"
    ((PIPESTATUS[0] == 0)) || failed=1
    printf 'labs as %s: %s\n' "$who" "$(tail -n 1 "/log/labs-$who")" >>/log/counts
  done
  return "$failed"
}

# The catalogue of broken networks: docs/WHY.md must be what comes out here, too.
stage_networks() {
  local who home java failed=0
  java=$(find_java javac)
  for who in $drydock_as; do
    home=/root/networks
    if [[ $who == user ]]; then home=/home/student/networks; fi
    [[ -d $home ]] || cp -a /src "$home"
    chown -R "$(as "$who" id -un)" "$home"
    as "$who" env JAVA_HOME="${java%/bin/*}" bash -c 'cd "$1" && shift && exec mvn "$@"' - "$home" -B -ntp -Pfast \
      -Dmaven.repo.local="$(maven_repository "$who")" -pl engine -am test -Dtest=BrokenNetworksKernelTest \
      -Dsurefire.failIfNoSpecifiedTests=false ${drydock_only:+-Dwhy.only="$drydock_only"} </dev/null >"/log/networks-$who" 2>&1 || failed=1
    if grep -E 'Tests run:.*(Failures: [1-9]|Errors: [1-9])|^\[ERROR\]' "/log/networks-$who" | head -n 60 >&2; then failed=1; fi
    printf 'networks as %s: %s\n' "$who" "$(grep -E '^(\[INFO\] |\[WARNING\] )?Tests run:' "/log/networks-$who" | tail -n 1)" >>/log/counts
  done
  return "$failed"
}

# maven_repository WHO: an ordinary user has a copy of root's, which he may write to.
maven_repository() {
  if [[ $1 == root ]]; then echo /root/.m2/repository; return; fi
  [[ -d /home/student/.m2/repository ]] || { mkdir -p /home/student/.m2 && cp -a /root/.m2/repository /home/student/.m2/ && chown -R student: /home/student/.m2; }
  echo /home/student/.m2/repository
}
