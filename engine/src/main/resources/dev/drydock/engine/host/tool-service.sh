# service of a lab host: what systemctl does, in the older order of words.
case $1 in
  '' | -h | --help) echo 'Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]'; exit 0 ;;
  --status-all)
    if systemctl is-active --quiet docker; then echo ' [ + ]  docker'; else echo ' [ - ]  docker'; fi
    exit 0
    ;;
esac
(($# > 1)) || { echo "Usage: service $1 {start|stop|restart|reload|status}" >&2; exit 1; }
[[ $2 == --full-restart ]] && set -- "$1" restart
exec systemctl "$2" "$1"
