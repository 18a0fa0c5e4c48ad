# Sourced by setup/engines/prove: a root tree of another Debian, packed in one file, from nothing but Debian's archive. Sets only functions.

# build_tree SUITE FILE: what a machine of this suite has when somebody has put git on it; the file is there whole, or not at all.
build_tree() {
  local suite=$1 file=$2 proxy late=()
  mkdir -p "$(dirname "$file")" || return
  proxy=$(apt-config dump --format '%v' Acquire::http::Proxy)
  # A mirror that stands still serves an unstable that has formally expired.
  [[ $suite == unstable ]] && late=(--aptopt='Acquire::Check-Valid-Until "false"')
  mmdebstrap --verbose --variant=minbase --mode=root --format=tar ${proxy:+--aptopt="Acquire::http::Proxy \"$proxy\""} "${late[@]}" \
    --aptopt='Acquire::Languages "none"' --include=git,ca-certificates \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    "$suite" "$file.new" "${DRYDOCK_MIRROR:-http://deb.debian.org/debian}" && mv "$file.new" "$file" || { rm -f "$file.new"; return 3; }
}

# unpack_tree FILE FOLDER
unpack_tree() { tar -C "$2" --numeric-owner --xattrs --xattrs-include='*' -xpf "$1"; }

# copy_source FOLDER: what git knows or would add, as it lies here, so that what is not committed is proven, too; nothing that was built.
copy_source() {
  mkdir -p "$1" &&
    git -c safe.directory='*' -C "$drydock_root" ls-files -z --cached --others --exclude-standard |
    tar -C "$drydock_root" --null --no-recursion --ignore-failed-read -T - -c 2>/dev/null | tar -C "$1" --no-same-owner -x
}
