# Runs on another machine as the first thing: says back what it was told, then what is missing, PROGRAM PACKAGE, each behind a separator;
# what pace.sh says comes behind the last one.
printf '\036drydock %s' "$1"
while read -r program package; do
  type -P "$program" >/dev/null || printf '\036%s %s' "$program" "$package"
done <<'EOF'
unshare util-linux
nsenter util-linux
setsid util-linux
setpriv util-linux
keyctl keyutils
mount mount
ip iproute2
tee coreutils
dnsmasq dnsmasq-base
busybox busybox-static
EOF
printf '\036'
