# sudo of a lab host, whose user is root already: runs the command as it is, and says so once in each session of a shell.
# The session is known by its first process in here: whoever leads it is outside.
session=$$ parent=$PPID
while ((parent > 1)); do
  session=$parent
  { read -r stat <"/proc/$parent/stat"; } 2>/dev/null || break
  stat=(${stat##*) })
  parent=${stat[1]}
done
if [[ ! -e /run/sudo/$session ]]; then
  mkdir -p /run/sudo && : >"/run/sudo/$session"
  echo "sudo: $SAY_ROOT" >&2
fi
usage() { echo 'usage: sudo [-EHnSbis] [-u USER] [-g GROUP] [-D FOLDER] [VAR=VALUE] COMMAND [ARGUMENT ...]' >&2; exit 1; }
user=root group= login= shell= background= edit= folder=
while [[ $1 == -?* ]]; do
  word=$1
  shift
  case $word in
    --) break ;;
    --user | --group | --chdir | --prompt | --host | --other-user | --close-from | --command-timeout | --chroot)
      (($#)) || usage
      set -- "$word=$1" "${@:2}"
      continue
      ;;
    --user=*) user=${word#*=} ;;
    --group=*) group=${word#*=} ;;
    --chdir=*) folder=${word#*=} ;;
    --login) login=yes ;;
    --shell) shell=yes ;;
    --background) background=yes ;;
    --edit) edit=yes ;;
    --list) echo "User root may run the following commands on $HOSTNAME:"; echo '    (ALL : ALL) ALL'; exit 0 ;;
    --validate | --reset-timestamp | --remove-timestamp) validate=yes ;;
    --version | --help) usage ;;
    --*) ;; # --preserve-env, --set-home, --non-interactive, --stdin: root's environment and home are these already
    *)
      letters=${word#-}
      while [[ $letters ]]; do
        letter=${letters:0:1} letters=${letters:1}
        case $letter in
          [uggDpChRTUrt])
            value=$letters letters=
            if [[ -z $value ]]; then
              (($#)) || usage
              value=$1
              shift
            fi
            case $letter in u) user=$value ;; g) group=$value ;; D) folder=$value ;; esac
            ;;
          i) login=yes ;;
          s) shell=yes ;;
          b) background=yes ;;
          e) edit=yes ;;
          l) set -- --list; letters= ;;
          v | k | K) validate=yes ;;
          E | H | n | S | A | P | B | N) ;;
          *) echo "sudo: invalid option -- '$letter'" >&2; usage ;;
        esac
      done
      ;;
  esac
done
variables=()
while [[ $1 =~ ^[A-Za-z_][A-Za-z_0-9]*= ]]; do
  variables+=("$1")
  export "$1"
  shift
done
as=()
[[ $user == '#0' ]] && user=root
if [[ $user == '#'* ]]; then
  as=(setpriv "--reuid=${user#\#}" --clear-groups)
elif [[ $user != root ]]; then
  id -u "$user" >/dev/null 2>&1 || { echo "sudo: unknown user $user" >&2; exit 1; }
  as=(runuser -u "$user")
  [[ $group ]] && as+=(-g "$group")
  as+=(--)
elif [[ $group && $group != root ]]; then
  as=(setpriv "--regid=$group" --clear-groups)
fi
if [[ $login ]]; then
  IFS=: read -r _ _ _ _ _ home program < <(getent passwd "${user#\#}")
  # The lab host's root has a bash, whatever the machine's has.
  [[ $user == root || -z $program ]] && home=/root program=/bin/bash
  export HOME=$home USER=$user LOGNAME=$user SHELL=$program
  cd "$home" 2>/dev/null || cd /
  shell=yes start=(-l)
fi
[[ -z $folder ]] || cd "$folder" || exit 1
if [[ $edit ]]; then
  set -- "${SUDO_EDITOR:-${VISUAL:-${EDITOR:-editor}}}" "$@"
elif [[ $shell ]]; then
  program=${SHELL:-/bin/bash}
  if (($#)); then
    printf -v line '%q ' "$@"
    set -- "$program" "${start[@]}" -c "$line"
  else
    set -- "$program" "${start[@]}"
  fi
elif (($# == 0)); then
  [[ $validate ]] && exit 0
  usage
fi
if ! type -P -- "$1" >/dev/null; then
  echo "sudo: $1: command not found" >&2
  command-not-found --quiet "$1"
  exit 1
fi
export SUDO_USER=root SUDO_UID=0 SUDO_GID=0 SUDO_COMMAND="$*"
if [[ $background ]]; then
  "${as[@]}" "$@" &
  exit 0
fi
exec "${as[@]}" "$@"
