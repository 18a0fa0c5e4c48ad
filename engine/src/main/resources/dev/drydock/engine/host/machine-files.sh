# Files, mounts, named namespaces and the name of the machine, as far as labs touch them: reads them, and puts them back.

# What a lab may well change, and small enough to be copied. /root is where a lab is at home.
files=(/etc/hosts /etc/resolv.conf /etc/hostname /etc/nsswitch.conf /etc/netns /etc/iproute2 /etc/docker /etc/sysctl.conf /etc/sysctl.d /root)
largest=$((64 * 1024)) # KiB

files_list() {
  local file
  for file in "${files[@]}"; do
    [[ -e $file || -L $file ]] && find "$file" -xdev -printf '%y %m %U %G %T@ %s\t%l\t%p\n'
    # What lies in a folder changes its time and its size.
  done | sed -E 's/^(d [^ ]+ [^ ]+ [^ ]+) [^\t]*/\1/' | sort
}

# files_keep FOLDER: what the machine's own files are, for files_put_back.
files_keep() {
  local size file there=()
  for file in "${files[@]}"; do [[ -e $file || -L $file ]] && there+=("$file"); done
  read -r size _ < <(du -skxc "${there[@]}" | tail -n 1)
  ((size <= largest)) || trouble "/root and the settings in /etc hold $((size / 1024)) MiB, and no more than $((largest / 1024)) MiB are kept safe while a lab runs: move large files out of /root"
  tar -C / --one-file-system --numeric-owner --xattrs -cpf "$1/files.tar" "${there[@]#/}" 2>/dev/null || trouble 'the files in /root and /etc cannot be copied'
}

files_read() {
  files_list >"$1/files"
  find /run/netns -mindepth 1 -printf '%P\n' 2>/dev/null | while read -r name; do
    printf '%s %s\n' "$name" "$(stat -Lc %i "/run/netns/$name" 2>/dev/null)"
  done | sort >"$1/namespaces"
  mounts_read | sort >"$1/mounts"
  uname -n >"$1/name"
}

# Mounts where labs make them; others come and go with whoever logs in.
mounts_read() {
  local place type rest
  while read -r _ _ _ _ place rest; do
    type=${rest#* - }
    case $place in
      /run/netns | /run/docker/* | /var/lib/docker/*) ;;
      /root/* | /mnt | /mnt/* | /tmp/* | /srv/* | /opt/* | /etc/* | /run/netns/*) printf '%s %s\n' "$place" "${type%% *}" ;;
      *) [[ $type == nsfs* ]] && printf '%s nsfs\n' "$place" ;;
    esac
  done </proc/self/mountinfo
}

# namespaces_put_back WAS: names that are new go, and with the last name and process a namespace does.
namespaces_put_back() {
  local name line
  find /run/netns -mindepth 1 -printf '%P\n' 2>/dev/null | while read -r name; do
    line="$name $(stat -Lc %i "/run/netns/$name" 2>/dev/null)"
    grep -qxF -- "$line" "$1/namespaces" && continue
    umount -l "/run/netns/$name" 2>/dev/null
    rm -f -- "/run/netns/$name"
  done
  mounts_read | grep -vxFf "$1/mounts" | sort -r | while read -r name _; do umount -l "$(printf '%b' "$name")" 2>/dev/null; done
}

files_put_back() {
  local was=$1 path changed=()
  [[ $(uname -n) == "$(<"$was/name")" ]] || hostname "$(<"$was/name")"
  files_list | cut -f3- | sort -u | comm -23 - <(cut -f3- "$was/files" | sort -u) | sort -r | while read -r path; do rm -rf -- "$path"; done
  mapfile -t changed < <(comm -23 "$was/files" <(files_list) | cut -f3-)
  ((${#changed[@]})) || return 0
  for path in "${changed[@]}"; do
    # A file in the place of a folder, or the other way round.
    [[ -d $path && ! -L $path ]] || rm -rf -- "$path"
    printf '%s\0' "${path#/}"
  done | tar -C / --numeric-owner --xattrs --no-recursion --unlink-first --null --files-from=- -xpf "$was/files.tar" 2>/dev/null
}
