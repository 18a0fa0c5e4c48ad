# A lab on the machine itself: refuses where that is not wanted, keeps a record of how the machine was, and puts it back.
# Sourced after the other machine-*.sh and images.sh; the last line is a call of one of the functions at the end. Runs as root.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL=C
umask 022
mark=/etc/drydock/machine-world
# Survives a crash and a restart of the machine; readable for all but for the snapshot, which holds copies of files.
record=/var/lib/drydock/machine-world
snapshot=$record/was

refused() { echo "+refused $*"; exit 3; }
trouble() { echo "+trouble $*"; [[ ! $begun ]] || put_back; exit 3; }

# The folder of the control groups of version 2, by which every process of the lab is found again, whatever it did.
control_groups() {
  local place type root rest
  groups=
  while read -r _ _ _ root place rest; do
    type=${rest#* - }
    # One that another mount hides has no such file.
    [[ $root == / && ${type%% *} == cgroup2 && -e $place/cgroup.procs ]] && groups=$place
  done </proc/self/mountinfo
  our_group=$groups/drydock-machine lab_group=$groups/drydock-machine/lab watch_group=$groups/drydock-machine/watch
}
control_groups

# Whether the machine is marked, as the Vagrantfile does it: by a file of root's with the machine's own number, so that a copy counts for nothing.
marked() {
  local next='`vagrant up` makes a VM that is; without --world machine the lab runs in a sandbox'
  [[ -e $mark || -L $mark ]] || refused "--world machine changes the network of the machine itself, and this one is not marked for that (it has no $mark); $next"
  [[ -f $mark && ! -L $mark ]] || refused "$mark is no regular file, so that this machine is not marked for --world machine; $next"
  [[ $(stat -c %u "$mark" "${mark%/*}") == $'0\n0' ]] || refused "$mark and its folder must belong to root, or anybody could mark a machine for --world machine; $next"
  (((8#$(stat -c %a "$mark") & 8#22) == 0 && (8#$(stat -c %a "${mark%/*}") & 8#22) == 0)) ||
    refused "$mark or its folder may be written by others than root, so that it does not count as a mark for --world machine; $next"
  [[ -s /etc/machine-id && $(<"$mark") == "$(</etc/machine-id)" ]] ||
    refused "$mark was made for another machine (its number is not that of /etc/machine-id), as on a copied disk; $next"
}

able() {
  local tool
  ((EUID == 0)) || refused 'a lab on the machine itself needs its root'
  [[ $groups ]] || refused 'this machine has no control groups of version 2, by which a lab on the machine itself finds every process that it must end'
  { [[ -d $our_group ]] || mkdir "$our_group"; } 2>/dev/null && [[ -e $our_group/cgroup.kill ]] || refused 'the control groups of this machine cannot end what they hold (cgroup.kill, Linux 5.14), so that a lab on the machine itself could leave processes behind'
  rmdir "$our_group" 2>/dev/null
  for tool in ip bridge tc nft iptables-nft-save ip6tables-nft-save iptables-legacy-save flock tar awk comm find ping; do
    type -P "$tool" >/dev/null || refused "$tool is not installed here, so that this machine could not be put back as it was; \`vagrant provision\` installs all that labs need"
  done
}

read_machine() {
  mkdir -p "$1"
  docker_read "$1"
  files_read "$1"
  links_read "$1"
  network_read "$1"
  filter_read "$1"
}

boot() { cat /proc/sys/kernel/random/boot_id; }

# lock: one at a time begins or puts back, whoever asks.
lock() { exec 9</var/lib; flock "$@" 9 || trouble 'somebody else is putting this machine back at this moment; try again'; }

end_group() {
  local waited
  [[ -e $1/cgroup.kill ]] || return 0
  echo 1 >"$1/cgroup.kill"
  for ((waited = 0; waited < 200; waited++)); do
    grep -q '^populated 0' "$1/cgroup.events" && break
    sleep 0.05
  done
  find "$1" -depth -type d -exec rmdir {} + 2>/dev/null
}

# put_back: everything as the record has it; prints what could not be, and forgets.
put_back() {
  local same= line unknown=
  end_group "$lab_group"
  if [[ -e $snapshot/complete ]]; then
    [[ $(<"$record/boot") == "$(boot)" ]] && same=yes
    spared=
    cmp -s <(files_list | grep /etc/docker/) <(grep /etc/docker/ "$snapshot/files") || line=restart
    files_put_back "$snapshot"
    [[ $line ]] && [[ -e $snapshot/containers ]] && docker_service restart
    docker_put_back "$snapshot"
    spared=$(docker_spared "$snapshot" | tr '\n' ' ')
    if [[ $same ]]; then
      namespaces_put_back "$snapshot"
      links_put_back "$snapshot"
      network_put_back "$snapshot"
      filter_put_back "$snapshot"
      # What Docker did meanwhile to the machine's settings.
      network_put_back "$snapshot"
    fi
    [[ -e $record/docker-stopped ]] && docker_service stop
    differences "$same"
  fi
  [[ -e $record/images ]] && rm -rf /run/images
  rm -rf "$record"
  rmdir --ignore-fail-on-non-empty /var/lib/drydock 2>/dev/null
  end_group "$watch_group"
  rmdir "$our_group" 2>/dev/null
  begun=
}

# differences SAME: a sentence a line on what is not as it was, and on what was lost; SAME is empty after a restart of the machine.
differences() {
  local now file kinds line waited
  kinds=(files:file containers:container networks:Docker\ network volumes:volume images:image)
  [[ $1 ]] && kinds+=(namespaces:network\ namespace mounts:mount links:link bridges:setting settings:setting addresses:address
    neighbours4:neighbour neighbours6:neighbour routes4:route routes6:route rules4:rule rules6:rule forwarding:forwarding\ entry
    vlans:VLAN queues:queue)
  now=$(mktemp -d)
  # What the kernel gives an IPv6 link comes a moment later.
  for ((waited = 0; waited < 4; waited++)); do
    read_machine "$now"
    [[ ! $1 ]] || same_network "$snapshot" "$now" && break
    sleep 1
  done
  for file in "${kinds[@]}"; do
    [[ -e $snapshot/${file%%:*} && -e $now/${file%%:*} ]] || continue
    only_in "$snapshot/${file%%:*}" "$now/${file%%:*}" | tr '\t' ' ' | sed "s/^/+differs was there, is gone or changed: the ${file#*:} /"
    only_in "$now/${file%%:*}" "$snapshot/${file%%:*}" | tr '\t' ' ' | sed "s/^/+differs is there, and was not before: the ${file#*:} /" |
      if [[ $spared && ${file%%:*} =~ ^(links|bridges|settings|addresses|routes|queues|neigh) ]]; then grep -vwFf <(tr ' ' '\n' <<<"${spared% }"); else cat; fi
  done | head -n 20
  if [[ $1 ]]; then
    for file in "$snapshot"/filter/* "$now"/filter/*; do
      [[ -e $file ]] && ! cmp -s "$snapshot/filter/${file##*/}" "$now/filter/${file##*/}" && printf '%s\n' "${file##*/}"
    done | sort -u | sed 's/^/+differs does not hold what it held: the table /'
  fi
  rm -r "$now"
}

# begin ID LAB USER DOCKER IMAGE...: like build.sh, which see: standard input says "keep" in the end.
begin() {
  local id=$1 lab=$2 user=$3 docker=$4 word line address
  shift 4
  trap '' HUP PIPE
  marked
  able
  lock
  if [[ -e $record ]]; then
    if [[ -e $snapshot/complete && $(<"$record/boot") == "$(boot)" ]]; then
      refused "the lab $(<"$record/lab") runs on this machine already ($(<"$record/user") began it), and there is only one network to change: lab finish $(<"$record/lab") ends it, lab cleanup --all does whoever began it"
    fi
    echo '+note An earlier lab on this machine was cut short; what it left was put back first.'
    put_back
  fi
  if [[ $docker == yes ]]; then
    type -P docker >/dev/null || refused 'the lab needs Docker, which is not installed here; `vagrant provision` installs all that labs need'
    if ! docker_answers; then
      docker_service start && docker_answers || refused 'the lab needs Docker, and the engine of this machine does not answer: sudo systemctl status docker says why'
      word=started
    fi
  fi
  mkdir -p "$record" && chmod 755 /var/lib/drydock "$record" && mkdir -m 700 "$snapshot" || refused "the record of how this machine is cannot be written to $record"
  begun=yes
  printf '%s\n' "$id" >"$record/id"
  printf '%s\n' "$lab" >"$record/lab"
  printf '%s\n' "$user" >"$record/user"
  boot >"$record/boot"
  [[ $word == started ]] && : >"$record/docker-stopped"
  files_keep "$snapshot"
  read_machine "$snapshot"
  uplink_read "$snapshot"
  mkdir -p "$lab_group" "$watch_group" || trouble 'no control group can be made for the lab'
  sync -f "$record" 2>/dev/null
  : >"$snapshot/complete"
  # The watcher belongs neither to the lab nor to whoever is logged in.
  watcher="$(declare -f); $(declare -p mark record snapshot groups lab_group watch_group); export LC_ALL=C" \
    setsid bash -c 'eval "$watcher"; unset watcher; echo $$ >"$watch_group/cgroup.procs"; cd /; watch' drydock-machine "$id" </dev/null >/dev/null 2>&1 9<&- &
  disown
  read -r line <"/proc/$!/stat"
  line=(${line##*) })
  echo "+watcher $! ${line[19]}"
  docker_images "$@"
  : >"$record/ready"
  [[ $word == started ]] && echo '+note Docker was not running on this machine; it was started, and is stopped again at the end.'
  { read -r word; read -r _; read -r address; } <"$snapshot/uplink"
  echo "+note The lab host is this machine itself, $(uname -n), not a sandbox. Its ${word:-network} is ${address:-not addressed}, where the lab may say eth0 and 10.0.2.15; 8.8.8.8 is the real one, if there is a way to it."
  echo '+note lab reset, lab finish and lab cleanup put back its network, its Docker, /root and the settings in /etc as they are now; what is made in /root meanwhile goes.'
  echo +ready
  exec 9<&-
  read -r word
  [[ $word == keep ]] || { lock; [[ ! -e $record || $(<"$record/id") != "$id" ]] || put_back; }
}

# end ID: nothing where that world is gone already.
end() {
  trap '' HUP
  ((EUID == 0)) || refused 'only root can put this machine back'
  lock -w 300
  [[ -e $record && $(cat "$record/id" 2>/dev/null) == "$1" ]] || return 0
  [[ ! -e $record/told ]] || sed 's/^/+note /' "$record/told"
  put_back
}

# fit: whether a lab could begin here.
fit() {
  marked
  able
  echo +fit
}

# kill_run NAME: what a script or a terminal of the lab has started and left.
kill_run() { end_group "$lab_group/$1"; }
