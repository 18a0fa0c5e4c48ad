# Prints what the report of a fault should hold of this machine, "NAME TAB TEXT" a line: no name of a person, a machine or a folder.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
told() { printf '%s\t%s\n' "$1" "${2:-not installed}"; }
# first COMMAND…: the first line that it prints; nothing where it is not there.
first() { "$@" 2>/dev/null </dev/null | head -n 1; }
told system "$(source /etc/os-release 2>/dev/null && printf '%s' "${PRETTY_NAME:-unknown}")"
told kernel "$(uname -r), $(uname -m)"
told iproute2 "$(first ip -V)"
told iptables "$(first iptables -V)"
told nftables "$(first nft --version)"
told docker "$(first dockerd --version)"
told 'docker command' "$(first docker --version)"
told containerd "$(first containerd --version)"
told runc "$(first runc --version)"
told util-linux "$(first unshare --version)"
told bash "$BASH_VERSION"
if ((EUID == 0)); then told user root; else told user ordinary; fi
if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then told cgroups 2; else told cgroups 1; fi
knob=$(cat /proc/sys/kernel/apparmor_restrict_unprivileged_userns 2>/dev/null)
[[ ! $knob ]] || told 'apparmor_restrict_unprivileged_userns' "$knob"
[[ ! -x /usr/lib/drydock/drydock-world ]] || told helper yes
[[ ! -e /.dockerenv && ! -e /run/.containerenv ]] || told container yes
exit 0
