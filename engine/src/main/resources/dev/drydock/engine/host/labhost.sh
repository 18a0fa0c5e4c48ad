# A lab host's first process, root of the lab host's own user namespace: furnishes a root filesystem, moves into it, then only reaps.
name=$1 number=$2 size=$3 docker=$4 images=$5 up=$6 wired=$7
address=10.0.2.$number
unset WORLD_SH INTERNET_SH HOST_SH REGISTRY_SH
trouble() { echo "+trouble $*" >&"$up"; exit 3; }
read -r stat </proc/self/stat # the machine's /proc: these are the machine's numbers
pid=${stat%% *} stat=(${stat##*) })
echo "+host $name $pid ${stat[19]}"
echo +net >&"$up"

printf -v hardware '02:00:0a:00:02:%02x' "$number"
{ read -r -u "$wired" && ip -batch -; } <<EOF &
link set lo up
link set eth0 address $hardware up
addr add $address/24 brd + dev eth0
route add default via 10.0.2.2
EOF
network=$!
exec {wired}>&-
# A new namespace inherits the machine's settings; a lab host starts as a machine does that nobody touched.
echo 0 >/proc/sys/net/ipv4/ip_forward
hostname "$name"

root=/run/root
mount -t tmpfs -o "size=$size,nr_inodes=200k,mode=755" "$name" $root || trouble 'a tmpfs cannot be mounted in a user namespace here'
cd $root || exit
mkdir -p usr etc dev proc sys run/{.sysfs,lock,netns} tmp root home mnt srv opt .machine \
  var/{cache,log,spool,tmp} var/lib/{alternatives,docker,dhcp,misc,nftables}
chmod 1777 tmp var/tmp run/lock
mount --rbind "/run/devices/$name" dev || trouble 'a folder cannot be bound in a user namespace here'
if [[ -d /run/shared ]]; then mkdir shared && mount --bind /run/shared shared || trouble 'a folder cannot be bound in a user namespace here'; fi
chmod 700 root
for folder in bin sbin lib lib32 lib64 libx32; do
  if [[ -L /$folder ]]; then links+=("/$folder"); elif [[ -d /$folder ]]; then mkdir "$folder"; bound+=("$folder"); fi
done
cp -P "${links[@]}" .
ln -s ../run ../run/lock var
# Where the machine's own sysfs is read-only, as in a container, the kernel lets nobody mount another one; and it wants to hear of it at once, which
# it does not by mount's newer way.
sysfs=nosuid,nodev,noexec mounting=()
while read -r _ _ _ _ place options _; do
  [[ $place == /sys && ,$options, == *,ro,* ]] && sysfs+=,ro mounting=(env LIBMOUNT_FORCE_MOUNT2=always)
done </proc/self/mountinfo
{
  for folder in usr "${bound[@]}"; do echo "/run/machine/$folder $root/$folder none rbind 0 0"; done
  echo "proc $root/proc proc nosuid,nodev,noexec 0 0"
  echo "sysfs $root/sys sysfs $sysfs 0 0"
  # `ip netns exec` remounts /sys, which a user namespace may only do while another whole sysfs is in sight.
  echo "sysfs $root/run/.sysfs sysfs $sysfs 0 0"
  tty=
  while read -r first _ count; do ((first <= 5 && 5 < first + count)) && tty=,gid=5; done </proc/self/gid_map
  # The lab host's own programs, see tools.sh; first in the PATH, before the machine's.
  echo "tmpfs $root/usr/local/sbin tmpfs nosuid,nodev,size=1m,mode=755 0 0"
  echo "tmpfs $root/dev/shm tmpfs nosuid,nodev,size=64m,mode=1777 0 0"
  echo "devpts $root/dev/pts devpts newinstance,nosuid,noexec,ptmxmode=0666,mode=620$tty 0 0"
  read -r _ _ ids </proc/self/uid_map
  if ((ids == 1)); then
    : # see world.sh
  elif [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
    echo "cgroup2 $root/sys/fs/cgroup cgroup2 nosuid,nodev,noexec 0 0"
  else
    echo "cgroup $root/sys/fs/cgroup tmpfs nosuid,nodev,noexec,size=64k,mode=755 0 0"
    while IFS=: read -r _ controllers _; do
      case $controllers in
        '') echo "cgroup2 $root/sys/fs/cgroup/unified cgroup2 nosuid,nodev,noexec,X-mount.mkdir 0 0" ;;
        name=*) ;;
        *) echo "cgroup $root/sys/fs/cgroup/$controllers cgroup nosuid,nodev,noexec,X-mount.mkdir,$controllers 0 0" ;;
      esac
    done </proc/self/cgroup
  fi
} >run/fstab
mounts=$("${mounting[@]}" mount -a -T run/fstab 2>&1) || {
  mounts=${mounts%%$'\n'*}
  mountpoint -q proc && mountpoint -q sys && mountpoint -q run/.sysfs && mountpoint -q dev/pts && mountpoint -q usr ||
    trouble "a lab host's filesystems cannot be mounted here: ${mounts//$root/}"
}
rm run/fstab

# Only what programs need to run, and only what anyone on the machine may read; no keys, no accounts of people.
for file in alternatives bash.bashrc bash_completion bash_completion.d ca-certificates.conf debian_version dhcpcd.conf ethertypes gai.conf groff \
  host.conf inputrc iproute2 issue issue.net ld.so.cache ld.so.conf ld.so.conf.d locale.alias localtime login.defs magic magic.mime man_db.conf manpath.config \
  mime.types nanorc netconfig networks nsswitch.conf os-release profile profile.d protocols redhat-release rpc \
  services shells terminfo timezone tmux.conf vim vimrc wgetrc xattr.conf xtables; do
  [[ -e /etc/$file ]] && kept+=("/etc/$file")
done
cp -a --no-preserve=ownership "${kept[@]}" etc/ 2>/dev/null
while read -r line; do
  IFS=: read -r user _ number _ <<<"$line"
  ((number < 1000 || number == 65534)) && echo "$line"
done </etc/passwd >etc/passwd
while IFS=: read -r group _ number _; do ((number < 1000 || number == 65534)) && echo "$group:x:$number:"; done </etc/group >etc/group
# Root may become anybody (su, runuser), nobody else may.
mkdir etc/pam.d
printf '%s\n' 'auth required pam_rootok.so' 'account required pam_permit.so' 'password required pam_deny.so' 'session required pam_permit.so' >etc/pam.d/other
echo "$name" >etc/hostname
echo 'nameserver 8.8.8.8' >etc/resolv.conf
{
  echo $'127.0.0.1\tlocalhost'
  echo $'::1\tlocalhost ip6-localhost ip6-loopback'
  number=15
  for host in $WORLD_HOSTS; do
    echo "10.0.2.$number"$'\t'"$host"
    number=$((number + 1))
  done
} >etc/hosts
cat >root/.bashrc <<'EOF'
PS1='\h:\w# '
EOF
ln -s .bashrc root/.profile
eval "$TOOLS_SH"
((${#tools[@]} == 0)) || chmod 755 "${tools[@]}"
unset TOOLS_SH

$PIVOT_ROOT . .machine && umount -l /.machine && rmdir /.machine || trouble 'the root filesystem of a lab host cannot be changed here (pivot_root)'
cd /
unset WORLD_HOSTS PIVOT_ROOT OLDPWD
if [[ $docker == yes ]]; then eval "$DOCKER_SH"; fi
unset DOCKER_SH
wait "$network" || trouble "$name has no network"
echo "+up $name" >&"$up"
exec {up}>&-
cat >/run/.init <<'EOF'
exec {never}<> <(:) </dev/null >/dev/null 2>&1
while :; do read -r -u "$never"; done
EOF
exec -a init bash /run/.init
