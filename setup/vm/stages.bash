# Sourced by setup/vm/prove: the stages of the proof, each a function stage_NAME. Sets only functions and the list of them.

stages=(up provisioned delegated terminal place cut machine provision reload labs)

# run_stages: as the first process of the namespaces. The first two stages carry all others; of those, one that fails does not keep the next from running.
run_stages() {
  local stage failed=() scratch=$DRYDOCK_SCRATCH
  read -ra wanted <<<"${DRYDOCK_STAGES:-${stages[*]}}"
  logs=$scratch/log
  isolate "$scratch" || return 3
  unset VAGRANT_CWD VAGRANT_VAGRANTFILE
  export HOME=$scratch/home VAGRANT_HOME=$scratch/vagrant VAGRANT_DOTFILE_PATH=$scratch/dotfile VAGRANT_CHECKPOINT_DISABLE=1 \
    VAGRANT_DEFAULT_PROVIDER=libvirt VAGRANT_NO_COLOR=1 XDG_STATE_HOME=$scratch/state XDG_CACHE_HOME=$scratch/cache XDG_RUNTIME_DIR=$scratch/run TMPDIR=$scratch/tmp
  mkdir -m 700 "$scratch/run" "$scratch/tmp"
  for stage in "${stages[@]}"; do
    [[ $stage == up || " ${wanted[*]} " == *" $stage "* ]] || continue
    run_stage "$stage" || failed+=("$stage")
    [[ $stage == up && ${#failed[@]} != 0 ]] && break
  done
  if [[ $DRYDOCK_KEEP == yes ]]; then stay; fi
  run_stage destroyed || failed+=(destroyed)
  ((${#failed[@]} == 0)) && return
  say "FAILED: ${failed[*]}"
  return 1
}

# logged NAME COMMAND…: its output goes into the log NAME, the end of it to the person at the keyboard when the command fails.
logged() {
  local log=$logs/$1 status=0
  shift
  "$@" >>"$log" 2>&1 </dev/null || status=$?
  ((status == 0)) || tail -n 20 "$log" >&2
  return "$status"
}

# shown NAME COMMAND…: the same, everything shown.
shown() {
  local log=$logs/$1
  shift
  "$@" 2>&1 </dev/null | tee -a "$log"
  return "${PIPESTATUS[0]}"
}

# machine COMMAND: a command line in the virtual machine, as the user vagrant, without a terminal.
machine() { timeout 3000 vagrant ssh --no-tty -c "$1" -- -o LogLevel=ERROR; }

# told FILE TEXT…: whether every text is in the file; says which is not.
told() {
  local file=$1 text missing=0
  shift
  for text; do
    grep -qaF -- "$text" "$file" && continue
    say "   not in $file: $text"
    missing=1
  done
  return "$missing"
}

# heard FILE TEXT SECONDS: waits until the text is in the file.
heard() {
  local left=$((10 * $3))
  until grep -qaF -- "$2" "$1" 2>/dev/null; do
    ((left-- > 0)) || { tail -n 20 "$1" >&2; say "   not heard within $3 s: $2"; return 1; }
    sleep 0.1
  done
}

stage_up() {
  printf '{"name": "debian/bookworm64", "versions": [{"version": "12", "providers": [{"name": "libvirt", "url": "file://%s"}]}]}\n' \
    "$DRYDOCK_BOX" >"$DRYDOCK_SCRATCH/catalog.json"
  logged up vagrant box add "$DRYDOCK_SCRATCH/catalog.json" || return
  # The output on a pipe is long; what the provisioner says tells enough.
  logged up vagrant up || return
  grep -a 'drydock:' "$logs/up" | sed 's/^ *default: /   /'
  told "$logs/up" 'drydock: ready;'
}

# What the Vagrantfile promises of the machine.
stage_provisioned() {
  shown provisioned machine '
    set -e
    uname -r
    lab doctor >/tmp/doctor
    tr -s " " </tmp/doctor
    for module in ipvlan macvlan dummy sch_netem ip_vs br_netfilter vxlan 8021q wireguard; do grep -q "^$module " /proc/modules; done
    [[ $(stat -c "%U %a" /etc/drydock/machine-world) == "root 644" && $(</etc/drydock/machine-world) == $(</etc/machine-id) ]]
    systemctl is-active docker
    ! systemctl is-active --quiet nginx
    nproc
    free -m | head -n 2' || return
  told "$logs/provisioned" 'ipvlan the kernel makes' 'docker Docker version' 'Every lab can run here'
}

# A control group that systemd gave to the student, as every terminal below user@.service has one: nothing inside ends what else is in it,
# makes a group in it, or needs it.
stage_delegated() {
  shown delegated machine 'sudo systemd-run --quiet --wait --pipe --collect --uid=vagrant --gid=vagrant -p Delegate=yes bash -c '\''
    export HOME=/home/vagrant
    group=/sys/fs/cgroup$(cut -d: -f3 /proc/self/cgroup)
    [[ $(stat -c %U $group/cgroup.procs) == vagrant ]] && echo "the group is the student"s
    sleep 1000 &
    canary=$!
    printf "%s\n" "echo 1 >/sys/fs/cgroup/cgroup.kill" "mkdir /sys/fs/cgroup/was-here" \
      "mount -t cgroup2 none /mnt && { echo 1 >/mnt/cgroup.kill; mkdir /mnt/was-here; }" \
      "unshare --cgroup --mount sh -c \"mount -t cgroup2 none /mnt && echo 1 >/mnt/cgroup.kill; mkdir /mnt/was-here\"" \
      "docker run --rm --privileged busybox sh -c \"mount -t cgroup2 none /mnt; echo 1 >/mnt/cgroup.kill; mkdir /mnt/was-here; echo from a container\"" |
      lab explore --images busybox
    kill -0 $canary && echo "the process beside it lives"
    lab finish
    find $group -mindepth 1 -type d
    kill $canary'\' || return
  told "$logs/delegated" 'the group is the students' 'from a container' 'the process beside it lives' || return
  ! grep -q '^/sys/fs/cgroup/.*was-here' "$logs/delegated"
}

# Three worlds at a time: two leave a part of the two processors idle, and with many more each has to wait too long.
stage_labs() { shown labs machine '[[ $(id -un) == vagrant ]] && lab test bridge-by-hand bridge-basics ipvlan -j 3 --strict'; }

# What the README tells the student to type, at a terminal of 100 columns.
stage_terminal() {
  local keys
  mkfifo "$DRYDOCK_SCRATCH/keys"
  script -qefc "stty rows 30 cols 100; vagrant ssh -c 'lab start bridge-basics'" "$logs/terminal" \
    <"$DRYDOCK_SCRATCH/keys" >/dev/null 2>&1 &
  local shell=$!
  exec {keys}>"$DRYDOCK_SCRATCH/keys"
  heard "$logs/terminal" 'labhost:~#' 300 && {
    printf 'stty size; tty; docker network ls\r' >&"$keys"
    heard "$logs/terminal" '/dev/tty1' 60 && heard "$logs/terminal" 'null' 60
  }
  local status=$?
  printf 'exit\r' >&"$keys"
  exec {keys}>&-
  wait "$shell"
  rm "$DRYDOCK_SCRATCH/keys"
  machine 'lab finish' >/dev/null 2>&1
  ((status == 0)) || return
  told "$logs/terminal" '30 100' $'\e[1mbridge-basics'
}

# From outside: the world is built in the machine, the shell runs here.
stage_place() {
  logged place-doctor ./lab doctor --place vagrant || return
  answers bridge-by-hand | timeout 1200 ./lab start bridge-by-hand --place vagrant 2>&1 | tee "$logs/place" | tail -n 12
  ((PIPESTATUS[1] == 0)) && told "$logs/place" 'step 1 of 8' '8 of 8 steps done'
}

# The cable is pulled in the middle of a lab; the world stays, and `lab resume` goes on with it.
stage_cut() {
  local keys bridge status
  mkfifo "$DRYDOCK_SCRATCH/keys"
  ./lab start bridge-by-hand --place vagrant <"$DRYDOCK_SCRATCH/keys" >"$logs/cut" 2>&1 &
  local shell=$!
  exec {keys}>"$DRYDOCK_SCRATCH/keys"
  printf 'ip netns add red\nip netns add blue\nnext\necho so far $((40 + 2))\n' >&"$keys"
  heard "$logs/cut" 'so far 42' 300 || { kill "$shell"; return 1; }
  for bridge in /sys/class/net/virbr*; do ip link set "${bridge##*/}" down; done
  printf 'echo never heard\n' >&"$keys"
  exec {keys}>&-
  rm "$DRYDOCK_SCRATCH/keys"
  wait "$shell"
  status=$?
  for bridge in /sys/class/net/virbr*; do ip link set "${bridge##*/}" up; done
  tail -n 4 "$logs/cut"
  ((status == 3)) || { say "   the shell ended with status $status, not 3"; return 1; }
  told "$logs/cut" 'lab resume' || return
  heard_again || return
  printf 'ip netns list\nlab status\nexit\n' | timeout 600 ./lab resume >"$logs/cut-resumed" 2>&1
  cat "$logs/cut-resumed" | tail -n 12
  told "$logs/cut-resumed" 'red' 'blue' 'step 2 of 8' && ./lab finish >/dev/null
}

# heard_again: waits until the machine can be reached once more.
heard_again() {
  local tries
  for ((tries = 0; tries < 20; tries++)); do
    vagrant ssh --no-tty -c true >/dev/null 2>&1 </dev/null && return
    sleep 1
  done
  say "   the machine cannot be reached any more"
  return 1
}

# On the machine's own network and its own Docker Engine, which are put back.
stage_machine() { shown machine machine 'bash /vagrant/setup/vm/machine-world.bash'; }

# A second time it has nothing to do.
stage_provision() {
  shown provision vagrant provision | grep -a 'drydock' 
  told "$logs/provision" 'nothing had to be changed'
}

# What labs need is there again after a start of the machine, without the provisioner.
stage_reload() {
  logged reload vagrant reload --no-provision || return
  stage_provisioned
}

stage_destroyed() {
  logged destroyed vagrant destroy -f || return
  [[ -z $(virsh -q -c qemu:///system list --all --name | tr -d '\n') ]]
}

# stay: until Ctrl-C.
stay() {
  export -p | grep -E ' (HOME|TMPDIR|VAGRANT_[A-Z_]*|XDG_[A-Z_]*)=' | sed 's/^declare -x /export /' >"$DRYDOCK_SCRATCH/environment"
  say "The machine is up until Ctrl-C. Reach it from another terminal: $DRYDOCK_SCRATCH/in vagrant ssh"
  sleep infinity
}
