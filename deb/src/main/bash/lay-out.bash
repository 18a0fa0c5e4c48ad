#!/usr/bin/env bash
# Called by Maven: lays out under deb/target what the package holds (root) and what dpkg reads (control).
# Usage: lay-out.bash VERSION TIMESTAMP
set -eu
deb=$(dirname "$(dirname "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")")")
drydock_root=$(dirname "$deb")
source "$drydock_root/setup/functions.bash"
source "$drydock_root/setup/java.bash"
version=${1/-SNAPSHOT/'~snapshot'}
SOURCE_DATE_EPOCH=$(date -d "$2" +%s)
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8
package=$deb/src/main/package target=$deb/target
root=$target/root share=$target/root/usr/share
javac=$(find_java javac)
java=$(find_java)

rm -rf "$root" "$target/control"
mkdir -p "$root/usr/bin" "$root/var/cache/drydock" "$root/usr/lib/drydock" "$share"/{drydock,man/man1,lintian/overrides,doc/drydock} \
  "$share"/{bash-completion/completions,zsh/vendor-completions} "$target/control"

# The program: the launcher, the jars, the labs.
install -m 755 "$package/lab" "$root/usr/bin/lab"
cp "$package/places.bash" "$drydock_root/setup/java.bash" "$share/drydock/"
cp -r "$target/lib" "$share/drydock/lib"
cp "$drydock_root"/verify/src/main/resources/dev/drydock/messages*.properties "$share/drydock/lib/"
cp "$drydock_root/engine/src/main/resources/dev/drydock/engine/host/drydock-world.apparmor" "$share/drydock/"
mkdir "$share/drydock/labs"
cp "$drydock_root"/labs/{tracks,glossary}.yaml "$share/drydock/labs/"
for lab in "$drydock_root"/labs/*/lab.yaml; do cp -r "${lab%/lab.yaml}" "$share/drydock/labs/"; done
for machine in x86_64 aarch64; do
  unpack_native "${javac%/*}/jar" "$share/drydock/lib" "$machine"
  mv "$share/drydock/lib/native" "$root/usr/lib/drydock/$machine"
done

# What Java may load from an archive; the archive itself is made where the package is installed, for the Java that is there.
drydock_native=$root/usr/lib/drydock/$(uname -m) drydock_labs=$share/drydock/labs
list_classes "$share/drydock/lib" "$share/drydock/classes"
[[ $(grep -c '^dev/drydock/' "$share/drydock/classes") -gt 100 ]] ||
  say "No lab could be started here, so that the package's first start will be slow."

# Completion, as the command itself prints it; labs are where Java looks by itself.
lab() { "$java" -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp "$(class_path "$share/drydock/lib")" dev.drydock.shell.Main "$@"; }
lab completion bash >"$share/bash-completion/completions/lab"
lab completion zsh >"$share/zsh/vendor-completions/_lab"

# What people read.
asciidoctor --backend manpage --failure-level WARN --destination-dir "$share/man/man1" "$target"/man/*.adoc
cp "$package/README.Debian" "$package/copyright" "$share/doc/drydock/"
sed "s/@VERSION@/$version/; s/@DATE@/$(date -u -R -d "@$SOURCE_DATE_EPOCH")/" "$package/changelog" >"$share/doc/drydock/changelog"
gzip -9n "$share"/man/man1/* "$share/doc/drydock/changelog"
cp "$package/lintian-overrides" "$share/lintian/overrides/drydock"

# depends: the packages that hold what a lab runs. Those that every Debian machine has need no line; where another
# package does as well, it is named.
depends() {
  local kind command needed why
  # The C library is JLine's.
  {
    printf 'libc6\n'
    while read -r kind command needed why; do
      [[ $kind == run ]] || continue
      case $command in
        java) needed='default-jre-headless (>= 2:1.17) | java17-runtime-headless' ;;
        # Debian 13 has the command in a package of its own; it stands first, or docker.io would be taken for it.
        docker) needed='docker-cli | docker.io | docker-ce-cli' ;;
        dockerd) needed='docker.io | docker-ce' ;;
        vi) needed='vim-tiny | vim' ;;
      esac
      case $needed in util-linux | bsdutils | bash | coreutils | perl-base) continue ;; esac
      printf '%s\n' "$needed"
    done <"$drydock_root/setup/packages"
  } | awk '!seen[$0]++' | paste -sd, | sed 's/,/, /g'
}

cp "$package"/control/* "$target/control/"
sed -i "s/@VERSION@/$version/; s/@DEPENDS@/$(depends)/" "$target/control/control"

find "$root" -type d -exec chmod 755 {} + -o -perm /111 -exec chmod 755 {} + -o -exec chmod 644 {} +
tar --create --file "$target/root.tar" --directory "$root" --format gnu --sort name --owner root:0 --group root:0 --mtime "$2" .
