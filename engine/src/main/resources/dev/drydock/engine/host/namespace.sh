# How the user namespace of a world is made; before build.sh and capabilities.sh, which build one and try whether it can be done.
# Ubuntu's AppArmor keeps capabilities from the user namespaces of programs without a profile. This is a copy of unshare that has one, and whatever
# it starts has it, too; whoever installs Drydock's package, or does what `lab doctor` says, has it.
make_namespace=unshare
[[ -x /usr/lib/drydock/drydock-world ]] && make_namespace=/usr/lib/drydock/drydock-world

# own_range FILE: the first range of subordinate ids of "user" in FILE, as "first" and "count"; fails where there is none.
own_range() {
  local owner
  while IFS=: read -r owner first count _; do
    [[ $owner == "$EUID" || $owner == "$user" ]] && [[ $first =~ ^[0-9]+$ && $count =~ ^[0-9]+$ ]] && ((count > 0)) && return
  done 2>/dev/null <"$1"
  return 1
}

# own_ids: the ids of an ordinary user's world, "uids" and "gids" as "INSIDE OUTSIDE COUNT": the first of his subordinate ones, or himself alone.
own_ids() {
  local first count mine many user
  user=$(id -un 2>/dev/null)
  uids="0 $EUID 1" gids="0 $(id -g) 1"
  type -P newuidmap newgidmap >/dev/null && own_range /etc/subuid || return 0
  mine=$first many=$count
  own_range /etc/subgid || return 0
  ((many <= count)) || many=$count
  ((many <= 65536)) || many=65536
  uids="0 $mine $many" gids="0 $first $many"
}

# map_ids PROCESS: gives "uids" and "gids" to the user namespace of that process.
map_ids() {
  if ((EUID != 0)) && [[ $uids != *' 1' ]]; then
    newuidmap "$1" $uids && newgidmap "$1" $gids
  else
    if ((EUID != 0)); then echo deny >"/proc/$1/setgroups"; fi
    echo "$uids" >"/proc/$1/uid_map" && echo "$gids" >"/proc/$1/gid_map"
  fi
}

# root_of_less: whether this is a container's root that may not enter a namespace of another id (it lacks the capability SYS_ADMIN).
root_of_less() {
  local name value
  ((EUID == 0)) || return
  while read -r name value; do [[ $name == CapEff: ]] && break; done </proc/self/status
  (((16#$value & 0x200000) == 0))
}
