# The machine's packet filter and address translation, in nf_tables and in the older tables: reads them, and puts them back.

# A table that iptables reads and writes whole; its rules may hold matches that nft cannot read back.
filter_reader() { # FAMILY TABLE
  case $1:$2 in
    ip:filter | ip:nat | ip:mangle | ip:raw | ip:security) echo iptables-nft ;;
    ip6:filter | ip6:nat | ip6:mangle | ip6:raw | ip6:security) echo ip6tables-nft ;;
  esac
}

filter_read() {
  local family table tool text old
  rm -rf "$1/filter"
  mkdir "$1/filter"
  while read -r _ family table; do
    tool=$(filter_reader "$family" "$table")
    if [[ $tool ]] && text=$("$tool-save" -t "$table" 2>&1) && [[ $text == *COMMIT* && $text != *incompatible* ]]; then
      # The chains that hook into the kernel are made by iptables as they are needed; it prints all of them.
      { plain_rules <<<"$text"; nft list chains "$family" 2>/dev/null |
        awk -v table="table $family $table {" '/^table/ { on = ($0 == table) } on && /chain/ { chain = $2 } on && /type/ { print "# " chain ": " $0 }' | sort; } >"$1/filter/$family $table $tool"
    else
      nft -s list table "$family" "$table" 2>/dev/null >"$1/filter/$family $table nft"
    fi
  done < <(nft list tables 2>/dev/null)
  for old in '' 6; do
    while read -r table; do
      text=$("ip${old}tables-legacy-save" -t "$table" 2>/dev/null | plain_rules)
      # One in which nothing is set is as good as none, and cannot be taken away.
      grep -vqE '^(\*|COMMIT|:[A-Z]+ ACCEPT)' <<<"$text" && printf '%s\n' "$text" >"$1/filter/ip$old $table ip${old}tables-legacy"
    done < <(sort "/proc/net/ip${old}_tables_names" 2>/dev/null)
  done
  return 0
}

plain_rules() { sed -E '/^#/d; s/ \[[0-9]+:[0-9]+\]$//'; }

filter_put_back() {
  local was=$1 now file family table tool
  now=$(mktemp -d)
  filter_read "$now"
  for file in "$now"/filter/*; do
    [[ -e $file && ! -e $was/filter/${file##*/} ]] || continue
    read -r family table tool <<<"${file##*/}"
    case $tool in
      *-legacy) { echo "*$table"; sed -n 's/^:\([A-Z]*\) [A-Z]* *$/:\1 ACCEPT/p' "$file"; echo COMMIT; } | "$tool-restore" ;;
      *) nft delete table "$family" "$table" ;;
    esac
  done
  for file in "$was"/filter/*; do
    [[ -e $file ]] || continue
    cmp -s "$file" "$now/filter/${file##*/}" && continue
    read -r family table tool <<<"${file##*/}"
    case $tool in
      nft) { printf 'add table %s %s\ndelete table %s %s\n' "$family" "$table" "$family" "$table"; cat "$file"; } | nft -f - ;;
      *-legacy) "$tool-restore" <"$file" ;;
      *)
        # iptables-restore would leave a chain that hooks into the kernel where the snapshot has none.
        nft delete table "$family" "$table" 2>/dev/null
        grep -v '^#' "$file" | hooked "$file" | "$tool-restore"
        ;;
    esac
  done 2>/dev/null
  rm -r "$now"
}

# hooked FILE: leaves out the chains of the kernel's that the snapshot did not have.
hooked() {
  local line
  while IFS= read -r line; do
    [[ $line =~ ^:([A-Z]+)\ (ACCEPT|DROP)$ ]] && ! grep -q "^# ${BASH_REMATCH[1]}:" "$1" && continue
    printf '%s\n' "$line"
  done
}
