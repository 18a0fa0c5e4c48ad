# Runs a program as a user who exists nowhere else, with a range of subordinate ids if $RANGE says yes; to be started by root in a mount namespace of
# its own. Arguments: FOLDER JAVA CLASSPATH ARGUMENTS..., the folder to be filled and left to the caller.
set -e
folder=$1 java=$2 path=$3
shift 3
user=drydock-learner id=61234
mount --make-rprivate /
for file in passwd group subuid subgid; do
  cat "/etc/$file" >"$folder/$file"
done
echo "$user:x:$id:$id::$folder:/bin/bash" >>"$folder/passwd"
echo "$user:x:$id:" >>"$folder/group"
[[ $RANGE != yes ]] || echo "$user:1700000000:65536" | tee -a "$folder/subuid" >>"$folder/subgid"
for file in passwd group subuid subgid; do
  chmod 644 "$folder/$file"
  mount --bind "$folder/$file" "/etc/$file"
done
# Whoever builds may keep the classes where others cannot read.
mkdir "$folder/classes" "$folder/tmp"
readable=
number=0
IFS=:
for entry in $path; do
  [[ -e $entry ]] || continue
  number=$((number + 1))
  cp -rL "$entry" "$folder/classes/$number${entry##*/}"
  readable+=:$folder/classes/$number${entry##*/}
done
chmod -R a+rX "$folder"
chmod 755 "$folder"
chown "$id:$id" "$folder/tmp"
cd "$folder/tmp"
# A control group that belongs to the user, as systemd delegates them, with nobody else in it but who must not be ended from inside.
for hierarchy in /sys/fs/cgroup/unified /sys/fs/cgroup; do
  [[ -e $hierarchy/cgroup.procs ]] && break
done
group=$hierarchy/$user-$$
mkdir "$group"
chown -R "$id:$id" "$group"
status=0
(
  echo "$BASHPID" >"$group/cgroup.procs"
  exec keyctl session - setpriv --reuid "$user" --regid "$user" --init-groups env -i HOME="$folder/tmp" PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    "$java" -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Djava.io.tmpdir="$folder/tmp" -cp "${readable:1}" "$@"
) || status=$?
# What a world leaves in it ends a moment later.
for ((tries = 0; tries < 100; tries++)); do rmdir "$group" 2>/dev/null && exit "$status"; sleep 0.1; done
find "$group" -type d
echo "the control group of the user cannot be removed"
exit 1
