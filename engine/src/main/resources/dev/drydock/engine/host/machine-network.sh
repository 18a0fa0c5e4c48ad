# The machine's settings, addresses, neighbours, routes, rules and queues: reads them into a folder, and puts them back.

# What the kernel counts or draws by lot is no setting.
settings_read() {
  grep -rsH '' /proc/sys/net 2>/dev/null |
    grep -vE '(nf_conntrack_count|/flush|stable_secret|tcp_fastopen_key|/ipv6/conf/[^:]*/mtu|net/netfilter/nf_log/[^:]*):' |
    sort >"$1/settings"
}

network_read() {
  settings_read "$1"
  # Without what runs down by itself or what a router announces. The words that stay are those that ip takes.
  ip -o addr show | sed -E 's/^[0-9]+: +([^ ]+) +/\1 /; s/\\.*//; s/ (tentative|dadfailed|optimistic|deprecated)//g; s/ proto [^ ]+//; s/ +$//' |
    grep -vE ' temporary| inet6 .* dynamic' >"$1/addresses"
  ip -o addr show | sed -nE 's/^[0-9]+: +([^ ]+) +(inet6? [^ ]+).*\\ *(valid_lft [^ ]+) (preferred_lft [^ ]+).*/\1 \2 \3 \4/p' | sed 's/sec//g' >"$1/lifetimes"
  local family
  for family in 4 6; do
    # What the kernel adds with an IPv6 address it adds a second later, once it knows that nobody else has that address.
    # Neighbours come and go; those that somebody wrote down stay.
    { ip -"$family" neigh show nud permanent; ip -"$family" neigh show proxy | sed 's/^\(.*\) proxy *$/proxy \1/'; } 2>/dev/null |
      sed -E 's/ (PERMANENT|extern_learn)//g; s/ +$//' | sort >"$1/neighbours$family"
    ip -"$family" -d -o route show table all 2>/dev/null |
      sed -E 's/\\\t?/ /g; s/ (linkdown|dead|offload|rt_offload|trap|rt_trap)\b//g; s/ (expires|error) [^ ]+//g; s/ +/ /g; s/ $//' |
      grep -vE '^(multicast ff00::/8|anycast|local [^ ]*:.* table local proto kernel)| proto ra ' | sort -u >"$1/routes$family"
    ip -"$family" rule show 2>/dev/null | sed -E 's/^([0-9]+):\t/pref \1 /; s/ \[detached\]//g; s/ +$//' >"$1/rules$family"
  done
  ip nexthop show 2>/dev/null | sed -E 's/ (linkdown|dead|offload|trap)\b//g; s/ +$//' | sort >"$1/nexthops"
  # The kernel's own entries are those of groups and of the links' own addresses.
  bridge fdb show 2>/dev/null | grep -E 'permanent|static' | grep -vE '^(33:33:|01:00:5e:|01:80:c2:)' |
    grep -vFf <(cat /sys/class/net/*/address | grep -vx '00:00:00:00:00:00') |
    sed -E 's/ master [^ ]+/ master/; s/ +$//' | sort -u >"$1/forwarding"
  bridge vlan show 2>/dev/null | sed 1d | {
    local dev= rest
    while IFS= read -r rest; do
      [[ $rest == [[:space:]]* ]] || { dev=${rest%%[[:space:]]*} rest=${rest#"$dev"}; }
      read -r rest <<<"$rest"
      [[ $rest ]] && printf '%s %s\n' "$dev" "$rest"
    done
  } | sort >"$1/vlans"
  # A link that has never been up has none.
  tc qdisc show 2>/dev/null | sed -E 's/ refcnt [0-9]+//; s/ +$//' | sort >"$1/queues"
}

# settings_put_back WAS: a few settings set others, so those go first, and all is read again.
settings_put_back() {
  local now round line
  now=$(mktemp -d)
  for ((round = 0; round < 3; round++)); do
    settings_read "$now"
    cmp -s "$1/settings" "$now/settings" && break
    only_in "$1/settings" "$now/settings" |
      awk '{ print (/ip_forward:/ ? 0 : /\/conf\/all\// ? 1 : /\/conf\/default\// ? 2 : 3) " " $0 }' | sort -s -n -k1,1 | cut -d' ' -f2- |
      while IFS= read -r line; do { printf '%s\n' "${line#*:}" >"${line%%:*}"; } 2>/dev/null; done
  done
  rm -r "$now"
}

network_put_back() {
  local was=$1 now line dev family pass rest
  now=$(mktemp -d)
  network_read "$now"
  if same_network "$was" "$now"; then
    rm -r "$now"
    return
  fi
  settings_put_back "$was"
  {
    for pass in 1 2 3; do
      network_read "$now"
      cmp -s "$was/addresses" "$now/addresses" && break
      addresses_put_back
    done
    for pass in 1 2 3; do
      network_read "$now"
      for family in 4 6; do
        while read -r line; do
          if [[ $line == proxy\ * ]]; then ip -"$family" neigh del $line; else ip -"$family" neigh del ${line/ lladdr [^ ]*/}; fi
        done < <(only_in "$now/neighbours$family" "$was/neighbours$family")
        while read -r line; do
          if [[ $line == proxy\ * ]]; then ip -"$family" neigh add $line; else ip -"$family" neigh replace $line nud permanent; fi
        done < <(only_in "$was/neighbours$family" "$now/neighbours$family")
      done
      while read -r _ line _; do ip nexthop del id "$line"; done < <(only_in "$now/nexthops" "$was/nexthops")
      while read -r line; do ip nexthop replace $line; done < <(only_in "$was/nexthops" "$now/nexthops")
      for family in 4 6; do
        while read -r line; do ip -"$family" route del $line; done < <(only_in "$now/routes$family" "$was/routes$family")
        # What lies on a link comes before what lies behind a gateway.
        while read -r line; do ip -"$family" route append $line || ip -"$family" route add $line; done < <(
          only_in "$was/routes$family" "$now/routes$family" | awk '{ print (/^(local|broadcast)/ ? 0 : / via /? 2 : 1) " " $0 }' | sort -s -n -k1,1 | cut -d' ' -f2-
        )
        while read -r line; do ip -"$family" rule del $line; done < <(only_in "$now/rules$family" "$was/rules$family")
        while read -r line; do ip -"$family" rule add $line; done < <(only_in "$was/rules$family" "$now/rules$family")
      done
      while read -r line; do bridge fdb del ${line% *}; done < <(only_in "$now/forwarding" "$was/forwarding")
      while read -r line; do bridge fdb append $line || bridge fdb add $line; done < <(only_in "$was/forwarding" "$now/forwarding")
      vlans_put_back
      queues_put_back
      network_read "$now"
      same_network "$was" "$now" && break
      settings_put_back "$was"
    done
  } 2>/dev/null
  rm -r "$now"
}

same_network() {
  local file
  for file in settings addresses neighbours4 neighbours6 routes4 routes6 rules4 rules6 nexthops forwarding vlans queues; do
    cmp -s "$1/$file" "$2/$file" || return 1
  done
}

# The first address of a subnet on a link is its primary one, so that where the order differs, all of them are written anew.
addresses_put_back() {
  local dev line wanted found missing
  for dev in $(cut -d' ' -f1 "$was/addresses" "$now/addresses" | sort -u); do
    wanted=$(grep "^$dev inet " "$was/addresses")
    found=$(grep "^$dev inet " "$now/addresses")
    [[ $wanted == "$found" ]] || {
      if [[ $wanted == "$(grep -xFf <(printf '%s\n' "$wanted") <<<"$found")" ]]; then
        while read -r _ _ line _; do ip -4 addr del "$line" dev "$dev"; done < <(grep -vxFf <(printf '%s\n' "$wanted") <<<"$found")
      else
        ip -4 addr flush dev "$dev"
        while read -r line; do [[ $line ]] && address_again $line; done <<<"$wanted"
      fi
    }
    while read -r _ _ line _; do ip -6 addr del "$line" dev "$dev"; done < <(only_in "$now/addresses" "$was/addresses" | grep "^$dev inet6 ")
    while read -r line; do address_again $line; done < <(only_in "$was/addresses" "$now/addresses" | grep "^$dev inet6 ")
  done
}

# address_again DEV FAMILY ADDRESS WORDS...
address_again() {
  local dev=$1 family=$2 address=$3 words=() lifetime
  shift 3
  while (($#)); do
    case $1 in
      metric | peer | brd | scope) words+=("$1" "$2") && shift ;;
      dynamic | secondary) ;;
      noprefixroute | home | mngtmpaddr | nodad | autojoin) words+=("$1") ;;
      *) [[ $1 == "$dev" ]] || words+=(label "$1") ;;
    esac
    shift
  done
  read -r _ _ _ lifetime < <(grep -F "$dev $family $address " "$was/lifetimes")
  ip addr add "$address" "${words[@]}" dev "$dev" $lifetime
}

# A line: DEV ID [PVID] [Egress Untagged].
vlans_put_back() {
  local dev id flags own words
  while read -r dev id flags; do
    own=
    [[ -d /sys/class/net/$dev/bridge ]] && own=self
    bridge vlan del dev "$dev" vid "$id" $own
  done < <(only_in "$now/vlans" "$was/vlans")
  while read -r dev id flags; do
    words=
    [[ $flags == *PVID* ]] && words+=' pvid'
    [[ $flags == *Untagged* ]] && words+=' untagged'
    [[ -d /sys/class/net/$dev/bridge ]] && words+=' self'
    bridge vlan add dev "$dev" vid "$id" $words
  done < <(only_in "$was/vlans" "$now/vlans")
}

# A line: qdisc KIND HANDLE dev DEV root|parent X OPTIONS.
queues_put_back() {
  local dev line kind handle place
  for dev in $({ only_in "$was/queues" "$now/queues"; only_in "$now/queues" "$was/queues"; } | sed -E 's/.* dev ([^ ]+) .*/\1/' | sort -u); do
    [[ -e /sys/class/net/$dev ]] || continue
    tc qdisc del dev "$dev" clsact || tc qdisc del dev "$dev" ingress
    tc qdisc del dev "$dev" root
    while read -r _ kind handle _ _ place line; do
      # The kernel sets these by itself.
      [[ $handle == 0: || $kind == noqueue ]] && continue
      case $kind in
        clsact | ingress) tc qdisc add dev "$dev" "$kind" ;;
        *) if [[ $place == root ]]; then tc qdisc replace dev "$dev" root handle "$handle" "$kind" $line; else tc qdisc replace dev "$dev" parent "${line%% *}" handle "$handle" "$kind" ${line#* }; fi ;;
      esac
    done < <(grep " dev $dev " "$was/queues")
  done
}
