# journalctl of a lab host: the log of its Docker Engine, which is a file.
unit= lines=() follow=()
while (($#)); do
  case $1 in
    --unit=*) unit=${1#*=} ;;
    --follow) follow=(-f) ;;
    --lines=*) lines=(-n "${1#*=}") ;;
    -u | --unit) unit=$2; shift ;;
    -n | --lines) lines=(-n "$2"); shift ;;
    -S | --since | -U | --until | -o | --output | -p | --priority) shift ;;
    -n[0-9]*) lines=(-n "${1#-n}") ;;
    -u?*) unit=${1#-u} ;;
    --*) ;;
    -*)
      [[ $1 == *f* ]] && follow=(-f)
      [[ $1 == *e* ]] && lines=(-n 1000)
      [[ $1 == *u ]] && { unit=$2; shift; }
      ;;
  esac
  shift
done
if [[ ${unit%.service} == docker && -e /var/log/docker.log ]]; then
  ((${#lines[@]})) || { if [[ $follow ]]; then lines=(-n 10); else lines=(-n +1); fi; }
  exec tail "${lines[@]}" "${follow[@]}" /var/log/docker.log
fi
printf "$SAY_NO_SYSTEMD\n" >&2
exit 1
