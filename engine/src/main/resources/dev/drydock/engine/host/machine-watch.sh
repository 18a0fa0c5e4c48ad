# Watches the way to the machine while a lab changes its network, and gives it back when it is lost. Runs outside the lab's processes.

# uplink_read FOLDER: the link, address and gateway by which the machine is reached, and whether the gateway answers ping.
uplink_read() {
  local dev= gateway= address= answers=no
  read -r dev gateway < <(ip -4 route show default | sed -nE 's/^default via ([^ ]+) dev ([^ ]+).*/\2 \1/p')
  [[ $dev ]] && read -r address < <(ip -4 -o addr show dev "$dev" scope global | sed -nE 's/.* inet ([^ ]+).*/\1/p')
  [[ $gateway ]] && ping -n -q -c 2 -i 0.3 -W 2 "$gateway" >/dev/null 2>&1 && answers=yes
  printf '%s\n' "$dev" "$gateway" "$address" "$answers" >"$1/uplink"
}

# way_lost: sets $lost to what is missing, for a sentence.
way_lost() {
  lost=
  [[ $address && " $(ip -4 -o addr show | sed -nE 's/.* inet ([^ ]+).*/\1/p' | tr '\n' ' ')" != *" $address "* ]] && lost="the address $address of $dev is gone"
  [[ ! $lost && $gateway && $(ip -4 route show default) != *"via $gateway "* ]] && lost="the default route via $gateway is gone"
  [[ ! $lost && $gateway && $answers == yes ]] && ! ping -n -q -c 1 -W 2 "$gateway" >/dev/null 2>&1 && lost="the gateway $gateway does not answer"
  [[ $lost ]]
}

# tell SENTENCE: on the terminals on which the lab's programs run, and in the record.
tell() {
  local pid terminal said=' '
  printf '%s\n' "$1" >>"$record/told"
  for pid in $(find "$lab_group" -name cgroup.procs -exec cat {} +); do
    terminal=$(readlink "/proc/$pid/fd/0")
    [[ $terminal == /dev/pts/* && $said != *" $terminal "* ]] || continue
    said+="$terminal "
    printf '\r\n%s\r\n' "$1" >"$terminal"
  done
} 2>/dev/null

# watch: gives the lab twenty seconds to mend what it has cut, as many a step takes something away and gives it back.
watch() {
  local dev gateway address answers lost patience=4 since=0 filter
  { read -r dev; read -r gateway; read -r address; read -r answers; } <"$snapshot/uplink"
  exec {tick}<> <(:)
  while [[ -e $record ]]; do
    read -r -t 5 -u "$tick"
    if ! way_lost; then since=0; continue; fi
    ((++since < patience)) && continue
    (
      flock -n 9 || exit 0 # it is being put back already
      [[ -e $record ]] || exit 0
      uplink_put_back
      filter=
      if [[ $answers == yes ]] && ! ping -n -q -c 1 -W 2 "$gateway" >/dev/null 2>&1; then
        filter_put_back "$snapshot"
        filter=' and the packet filter'
      fi
      tell "Drydock: the way to this machine was lost for 20 s: $lost. ${dev}${filter} and the routes are as they were before the lab; lab reset puts back the rest."
    ) 9</var/lib
    since=0
  done
}

# uplink_put_back: only the link, its addresses, the routes that lead out, and the rules by which they are found.
uplink_put_back() {
  local line family now
  now=$(mktemp -d)
  mkdir "$now/was"
  cp -r "$snapshot/." "$now/was"
  # Of all links only this one counts as known, and nothing counts as new.
  grep -P "^[0-9]+\t\Q$dev\E\t" "$snapshot/links" >"$now/was/links"
  : >"$now/was/bridges"
  line=$(cut -f1 "$now/was/links")
  spared=$(ip -o link show | grep -v "^${line:-0}:" | sed -nE 's/^[0-9]+: ([^ :@]+).*/\1/p' | tr '\n' ' ')
  links_put_back "$now/was"
  line=$(ip -4 -o addr show dev "$dev" | sed -nE 's/.* inet ([^ ]+).*/\1/p' | tr '\n' ' ')
  if [[ " $line" != *" $address "* ]]; then
    # It may stand on a bridge now, where it would answer in this one's place.
    ip -4 -o addr show | sed -nE "s/^[0-9]+: +([^ ]+) +inet ${address//./\\.} .*/\1/p" | while read -r line; do ip addr del "$address" dev "$line"; done
    while read -r line; do was="$snapshot" address_again $line; done < <(grep "^$dev inet " "$snapshot/addresses")
  fi
  for family in 4; do
    ip -4 route show default | while read -r line; do grep -qF "$line" <(sed 's/^unicast //; s/ table main//; s/ proto [^ ]*//; s/ scope global//' "$snapshot/routes4") || ip -4 route del $line; done
    while read -r line; do ip -4 route add $line; done < <(grep " dev $dev " "$snapshot/routes4" | awk '{ print (/ via /? 2 : 1) " " $0 }' | sort -s -n -k1,1 | cut -d' ' -f2-)
    while read -r line; do ip -4 rule add $line; done < <(ip -4 rule show | sed -E 's/^([0-9]+):\t/pref \1 /; s/ +$//' | sort | comm -13 - <(sort "$snapshot/rules4"))
  done
  rm -r "$now"
} 2>/dev/null
