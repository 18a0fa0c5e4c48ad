# The machine's links: reads them into a folder and puts them back as the folder has them. Sourced with the other machine-*.sh.

# only_in FILE OTHER: the lines of FILE that OTHER has not.
only_in() { comm -23 <(sort "$1") <(sort "$2"); }

# links_read FOLDER: one line a link: index, name, lower link or peer, kind, master, flags, MTU, queue length, group, address,
# namespace of the other end, options of the kind, alias, other names; tabs between.
links_read() {
  local line segment words pair index name lower kind master flags mtu queue group address elsewhere options alias other_names part flag
  while IFS= read -r line; do
    IFS='\' read -ra segment <<<"$line"
    read -ra words <<<"${segment[0]}"
    index=${words[0]%:} name=${words[1]%:} lower=- master=- elsewhere=- options=- alias=- other_names=- kind=- flags= queue=- group=default
    [[ $name == *@* ]] && lower=${name#*@} name=${name%@*}
    for flag in UP NOARP PROMISC ALLMULTI MULTICAST; do [[ ",${words[2]//[<>]/}," == *",$flag,"* ]] && flags+=,$flag; done
    for ((pair = 3; pair < ${#words[@]}; pair += 2)); do
      case ${words[pair]} in
        mtu) mtu=${words[pair + 1]} ;;
        master) master=${words[pair + 1]} ;;
        group) group=${words[pair + 1]} ;;
        qlen) queue=${words[pair + 1]} ;;
      esac
    done
    read -ra words <<<"${segment[1]}"
    address=${words[1]}
    [[ ${segment[1]} =~ link-netnsid\ ([0-9]+) ]] && elsewhere=${BASH_REMATCH[1]}
    [[ ${segment[1]} =~ 'link-netns ' ]] && elsewhere=named
    for part in "${segment[@]:2}"; do
      read -ra words <<<"$part"
      case ${words[0]} in
        alias) alias=${part#*alias } ;;
        altname) other_names=${other_names#-}${other_names:+,}${words[1]} other_names=${other_names#-,} ;;
        *_slave | vf | prog/* | '') ;;
        bridge | veth | dummy) kind=${words[0]} ;;
        addrgenmode | numtxqueues | gso_max_size) ;;
        *)
          kind=${words[0]} options=${part%% addrgenmode *}
          read -r _ options <<<"$options"
          ;;
      esac
    done
    # The other end's number means something only in its own namespace, and a namespace's number only while it lasts.
    [[ $lower == if[0-9]* ]] && elsewhere=yes lower=-
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$index" "$name" "$lower" "$kind" "$master" "${flags#,}" "$mtu" \
      "$queue" "$group" "$address" "$elsewhere" "${options:--}" "$alias" "$other_names"
  done < <(ip -d -o link show) >"$1/links"
  # What a bridge and its ports are set to; not what they count or have found out.
  {
    grep -rsH '' /sys/class/net/*/bridge/ |
      grep -vE '/(bridge_id|flush|gc_timer|hash_elasticity|[a-z]*_timer|root_[a-z_]*|topology_change[a-z_]*):'
    grep -rsH '' /sys/class/net/*/brport/ |
      grep -E '/(backup_port|bpdu_guard|broadcast_flood|group_fwd_mask|hairpin_mode|isolated|learning|multicast_[a-z_]*|neigh_suppress|path_cost|priority|proxyarp|proxyarp_wifi|root_block|unicast_flood):'
  } | sort >"$1/bridges"
}

# links_in FILE ARRAY: the lines of FILE by the link's name.
links_in() {
  local line fields
  local -n array=$2
  array=()
  while IFS= read -r line; do
    IFS=$'\t' read -ra fields <<<"$line"
    array[${fields[1]}]=$line
  done <"$1"
}

# links_put_back WAS: $spared names links that are new and yet may stay.
links_put_back() {
  local was=$1 now round name line fields other wanted waited
  local -A before by_index after
  now=$(mktemp -d)
  links_read "$now"
  if cmp -s "$was/links" "$now/links" && cmp -s "$was/bridges" "$now/bridges"; then
    rm -r "$now"
    return
  fi
  links_in "$was/links" before
  for name in "${!before[@]}"; do
    IFS=$'\t' read -ra fields <<<"${before[$name]}"
    by_index[${fields[0]}]=$name
  done

  # A network card that was handed to a namespace comes back a moment after the namespace has gone.
  for ((waited = 0; waited < 50; waited++)); do
    links_read "$now"
    links_in "$now/links" after
    other=
    for name in "${!before[@]}"; do
      IFS=$'\t' read -ra fields <<<"${before[$name]}"
      [[ ${fields[3]} == - && ! ${after[$name]} ]] && ! grep -q "^${fields[0]}"$'\t[^\t]*\t[^\t]*\t-\t' "$now/links" && other=$name
    done
    [[ $other ]] || break
    sleep 0.1
  done

  # Links that are new go. What has no kind is a device of the machine: it may have come back with another number.
  for name in "${!after[@]}"; do
    IFS=$'\t' read -ra fields <<<"${after[$name]}"
    wanted=${before[${by_index[${fields[0]}]:--}]}
    if [[ ${fields[3]} != - && " $spared " != *" $name "* && $wanted != "${fields[0]}"$'\t'*$'\t'*$'\t'"${fields[3]}"$'\t'* ]]; then
      ip link del dev "$name" 2>/dev/null
    fi
  done
  # Those that were renamed get their names back, by way of a third name, as two may have changed places.
  links_read "$now"
  while IFS=$'\t' read -ra fields; do
    wanted=${by_index[${fields[0]}]}
    [[ $wanted && $wanted != "${fields[1]}" && " $spared " != *" ${fields[1]} "* ]] || continue
    ip link set dev "${fields[1]}" down && ip link set dev "${fields[1]}" name "drydock${fields[0]}"
  done <"$now/links" 2>/dev/null
  for other in $(sed -nE 's/^([0-9]+)\t.*/\1/p' "$was/links"); do
    ip link show dev "drydock$other" >/dev/null 2>&1 && ip link set dev "drydock$other" name "${by_index[$other]}"
  done

  # Those that are gone are made again, each after what it lies on.
  for ((round = 0; round < 4; round++)); do
    links_read "$now"
    links_in "$now/links" after
    wanted=
    while IFS= read -r line; do
      IFS=$'\t' read -ra fields <<<"$line"
      [[ ${after[${fields[1]}]} ]] || { wanted=yes && link_again "${fields[@]}"; }
    done <"$was/links"
    [[ $wanted ]] || break
  done 2>/dev/null

  for ((round = 0; round < 4; round++)); do
    links_read "$now"
    cmp -s "$was/links" "$now/links" && break
    links_in "$now/links" after
    while IFS= read -r line; do
      IFS=$'\t' read -ra fields <<<"$line"
      [[ ! ${after[${fields[1]}]} || $line == "${after[${fields[1]}]}" ]] || link_attributes "$line" "${after[${fields[1]}]}"
    done <"$was/links"
  done 2>/dev/null
  links_read "$now"
  while IFS= read -r line; do
    { printf '%s\n' "${line#*:}" >"${line%%:*}"; } 2>/dev/null
  done < <(only_in "$was/bridges" "$now/bridges")
  rm -r "$now"
}

# link_again FIELDS...: makes a link of a snapshot anew, under its old number.
link_again() {
  local index=$1 name=$2 lower=$3 kind=$4 address=${10} elsewhere=${11} options=${12} word settings=()
  [[ $elsewhere == - ]] || return 1
  case $kind in
    bridge | dummy) ip link add name "$name" index "$index" address "$address" type "$kind" ;;
    veth)
      # Its other end is a line of its own, and is made with it.
      ip link add name "$name" index "$index" address "$address" type veth peer name "$lower" \
        ${by_index[*]:+index "$(awk -F'\t' -v name="$lower" '$2 == name { print $1 }' "$was/links")"}
      ;;
    vlan)
      [[ $options =~ protocol\ ([^ ]+)\ id\ ([0-9]+) ]] &&
        ip link add link "$lower" name "$name" index "$index" address "$address" type vlan protocol "${BASH_REMATCH[1]}" id "${BASH_REMATCH[2]}"
      ;;
    macvlan | macvtap | ipvlan | ipvtap)
      [[ $options =~ mode\ ([a-z0-9]+) ]]
      if [[ $kind == macv* ]]; then settings=(address "$address"); fi
      ip link add link "$lower" name "$name" index "$index" "${settings[@]}" type "$kind" mode "${BASH_REMATCH[1]}"
      ;;
    vxlan)
      # Of what ip prints only some words are what it reads.
      read -ra word <<<"$options"
      for ((number = 0; number < ${#word[@]}; number++)); do
        case ${word[number]} in
          id | group | remote | local | dev | dstport | ttl | tos) settings+=("${word[number]}" "${word[number + 1]}") ;;
          nolearning | proxy | rsc | l2miss | l3miss | external | gbp) settings+=("${word[number]}") ;;
          srcport) settings+=(srcport "${word[number + 1]}" "${word[number + 2]}") ;;
          ageing) settings+=(ageing "${word[number + 1]}") ;;
        esac
      done
      ip link add name "$name" index "$index" address "$address" type vxlan "${settings[@]}"
      ;;
    vrf) [[ $options =~ table\ ([0-9]+) ]] && ip link add name "$name" index "$index" type vrf table "${BASH_REMATCH[1]}" ;;
    tun) [[ $options =~ type\ (tun|tap) ]] && ip tuntap add dev "$name" mode "${BASH_REMATCH[1]}" ;;
    *) return 1 ;;
  esac
}

# link_attributes WANTED FOUND: two lines of links_read for one name.
link_attributes() {
  local wanted found name flag word state
  IFS=$'\t' read -ra wanted <<<"$1"
  IFS=$'\t' read -ra found <<<"$2"
  name=${wanted[1]}
  [[ ${wanted[4]} == "${found[4]}" ]] || if [[ ${wanted[4]} == - ]]; then ip link set dev "$name" nomaster; else ip link set dev "$name" master "${wanted[4]}"; fi
  [[ ${wanted[9]} == "${found[9]}" ]] || ip link set dev "$name" address "${wanted[9]}" || {
    ip link set dev "$name" down && ip link set dev "$name" address "${wanted[9]}"
    found[5]=${found[5]//UP/}
  }
  [[ ${wanted[6]} == "${found[6]}" ]] || ip link set dev "$name" mtu "${wanted[6]}"
  # ip says nothing of a queue of length 0.
  [[ ${wanted[7]} == "${found[7]}" ]] || ip link set dev "$name" txqueuelen "${wanted[7]/#-/0}"
  [[ ${wanted[8]} == "${found[8]}" ]] || ip link set dev "$name" group "${wanted[8]}"
  [[ ${wanted[12]} == "${found[12]}" ]] || ip link set dev "$name" alias "${wanted[12]#-}"
  if [[ ${wanted[13]} != "${found[13]}" ]]; then
    for word in ${found[13]//,/ }; do [[ $word == - || ,${wanted[13]}, == *",$word,"* ]] || ip link property del dev "$name" altname "$word"; done
    for word in ${wanted[13]//,/ }; do [[ $word == - || ,${found[13]}, == *",$word,"* ]] || ip link property add dev "$name" altname "$word"; done
  fi
  for flag in NOARP:arp PROMISC:promisc ALLMULTI:allmulticast MULTICAST:multicast UP:; do
    word=${flag#*:} flag=${flag%:*} state=on
    [[ ,${wanted[5]}, == *",$flag,"* ]] || state=off
    [[ $flag == NOARP ]] && if [[ $state == on ]]; then state=off; else state=on; fi
    if [[ $flag == UP ]]; then
      if [[ $state == on ]]; then ip link set dev "$name" up; else ip link set dev "$name" down; fi
    else
      ip link set dev "$name" "$word" "$state"
    fi
  done
}
