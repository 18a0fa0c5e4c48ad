# Says that a command was not found, and which package of the machine has it where that is known: command-not-found [--quiet] NAME.
if [[ $1 == --quiet ]]; then shift; else echo "bash: $1: command not found" >&2; fi
case $1 in
  arp | ifconfig | netstat | route) package=net-tools ;;
  arping) package=iputils-arping ;;
  brctl) package=bridge-utils ;;
  conntrack) package=conntrack ;;
  curl | ethtool | file | htop | iperf3 | iptables | iputils-tracepath | ipvsadm | jq | less | lsof | nano | ngrep | nmap | socat | strace | tcpdump | telnet | traceroute | tree | vim | wget | whois)
    package=$1 ;;
  delv | dig | nslookup | nsupdate) package=bind9-dnsutils ;;
  host) package=bind9-host ;;
  ip | ss | bridge | tc) package=iproute2 ;;
  killall | pstree | fuser) package=psmisc ;;
  man | mandb | apropos | whatis) package=man-db ;;
  mtr) package=mtr-tiny ;;
  nc | netcat) package=netcat-openbsd ;;
  nft) package=nftables ;;
  ping) package=iputils-ping ;;
  ps | top | free | pgrep | pkill | watch | sysctl | vmstat) package=procps ;;
  python) package=python3 ;;
  tracepath) package=iputils-tracepath ;;
  traceroute6) package=traceroute ;;
  vi) package=vim-tiny ;;
  *) exit 127 ;;
esac
printf "$SAY_PACKAGE\n" "$1" "$package" >&2
exit 127
