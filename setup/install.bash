# Sourced by functions.bash: which commands are missing, which packages bring them, and how this system's own tool installs those.
# Sets nothing but functions.

# needed_commands KIND…: the lines of these kinds in setup/packages, as "kind command package why".
needed_commands() {
  local kinds=" $* " kind rest
  while read -r kind rest; do
    [[ $kind && $kinds == *" $kind "* ]] && printf '%s\n' "$kind $rest"
  done <"$drydock_root/setup/packages"
}

# missing_commands KIND…: of those, the ones whose command is not there.
missing_commands() {
  local kind command rest
  needed_commands "$@" | while read -r kind command rest; do
    has_command "$kind" "$command" || printf '%s\n' "$kind $command $rest"
  done
}

# has_command KIND NAME: whether the machine has it, in a form that serves. Labs see only the system's own programs, see world.sh.
has_command() {
  local PATH=/usr/sbin:/usr/bin:/sbin:/bin$([[ $1 == run ]] || printf %s ":$PATH")
  case $2 in
    java) [[ -n $(find_java) ]] ;;
    javac) [[ -n $(find_java javac) ]] ;;
    # The dynamic busybox cannot live alone in an image.
    busybox) command -v busybox >/dev/null && ! ldd "$(command -v busybox)" >/dev/null 2>&1 ;;
    # Some systems have its modules in packages of their own.
    perl) perl -MSocket -e 1 2>/dev/null ;;
    # A plugin, not a program.
    vagrant-libvirt) compgen -G '/usr/share/rubygems-integration/all/gems/vagrant-libvirt-*' >/dev/null ;;
    *) command -v "$2" >/dev/null ;;
  esac
}

# commands_there: whether every command that labs run is there. Asked at each start of a lab, so by bash alone, without a new process.
commands_there() {
  local PATH=/usr/sbin:/usr/bin:/sbin:/bin kind command rest java
  while read -r kind command rest; do
    [[ $kind == run ]] || continue
    if [[ $command == java ]]; then
      read -r java 2>/dev/null <"$drydock_app/java" && [[ -x $java ]] || return
    else
      command -v "$command" >/dev/null || return
    fi
  done <"$drydock_root/setup/packages"
}

# package_tool: what installs packages on this system: apt-get, dnf, pacman or zypper; nothing where it has none of them.
package_tool() {
  local tool like=' '
  [[ ! -r /etc/os-release ]] || like=$(source /etc/os-release && printf ' %s ' "${ID:-} ${ID_LIKE:-}")
  case $like in
    *' debian '* | *' ubuntu '*) tool=apt-get ;;
    *' fedora '* | *' rhel '*) tool=dnf ;;
    *' arch '*) tool=pacman ;;
    *suse*) tool=zypper ;;
  esac
  for tool in ${tool:-} apt-get dnf pacman zypper; do
    command -v "$tool" >/dev/null && printf '%s\n' "$tool" && return
  done
}

# installable PACKAGE: the version of it that "tool" would install, or another word where only that is known; nothing where it has none.
installable() {
  local line
  case $tool in
    apt-get) line=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null) && line=${line#*Candidate: } && line=${line%%$'\n'*} && [[ $line != '(none)' ]] && printf '%s' "$line" ;;
    dnf) dnf --quiet list "$1" >/dev/null 2>&1 && printf there ;;
    pacman) pacman -Si "$1" >/dev/null 2>&1 && printf there ;;
    zypper) zypper --quiet --non-interactive search --match-exact --type package "$1" >/dev/null 2>&1 && printf there ;;
  esac
}

# without_lists CHOICE…: which of several names apt-get will know once it has fetched its lists of packages, by the system's release.
without_lists() {
  local release
  release=$(source /etc/os-release 2>/dev/null && printf '%s-%s' "${ID:-}" "${UBUNTU_CODENAME:-${VERSION_CODENAME:-}}")
  case $1:$release in
    default-jdk-headless*:*-focal | default-jdk-headless*:*-jammy) printf '%s\n' "$2" ;;
    default-jdk-headless*:*-bullseye) printf '%s\n' "${@: -1}" ;;
    docker-cli:*-bullseye | docker-cli:*-bookworm | docker-cli:ubuntu-* | docker-cli:linuxmint-*) printf '%s\n' "${@: -1}" ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# has_lists: whether "tool" knows packages yet; a fresh machine's apt-get knows none.
has_lists() { [[ $tool != apt-get ]] || compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; }

# package_of COMMAND PACKAGE: what "tool" calls the package of that name in setup/packages, which brings the command; several words where
# several are needed, nothing where it has none.
package_of() {
  local kind of apt dnf pacman zypper names=$2 choices choice version
  while read -r kind of apt dnf pacman zypper; do
    [[ $kind == name && ($of == "$1" || $of == "$2") ]] || continue
    case $tool in apt-get) names=$apt ;; dnf) names=$dnf ;; pacman) names=$pacman ;; zypper) names=$zypper ;; esac
    [[ $of == "$1" ]] && break
  done <"$drydock_root/setup/packages"
  IFS='|' read -r -a choices <<<"$names"
  if ((${#choices[@]} > 1)) && ! has_lists; then
    choices=("$(without_lists "${choices[@]}")")
  fi
  for choice in "${choices[@]}"; do
    ((${#choices[@]} > 1)) || break
    version=$(installable "${choice%%>=*}")
    [[ $version ]] || continue
    [[ $choice != *'>='* ]] || dpkg --compare-versions "$version" ge "${choice#*>=}" || continue
    choices=("$choice")
    break
  done
  choice=${choices[0]%%>=*}
  [[ $choice == - ]] || printf '%s\n' "${choice//+/ }"
}

# wanted_packages MISSING: for lines of missing_commands the packages that bring them, one "package<TAB>why" a line, each package once; where the
# system has none, "-<TAB>command".
wanted_packages() {
  local kind command package why names seen=' '
  while read -r kind command package why; do
    names=$(package_of "$command" "$package")
    if [[ ! $names ]]; then
      printf -- '-\t%s\n' "$command"
    elif [[ $seen != *" $names "* ]]; then
      seen+="$names "
      printf '%s\t%s\n' "$names" "$why"
    fi
  done <<<"$1"
}

# install_command PACKAGE…: what a person types to have them.
install_command() {
  local as=sudo
  command -v sudo >/dev/null || as=
  case $tool in
    apt-get) set -- "${as:+$as }apt-get update && ${as:+$as }apt-get install -y --no-install-recommends $*" ;;
    dnf) set -- "${as:+$as }dnf install -y --setopt=install_weak_deps=False $*" ;;
    # Arch installs a package only together with everything else that is new.
    pacman) set -- "${as:+$as }pacman -Syu --needed $*" ;;
    zypper) set -- "${as:+$as }zypper --non-interactive install --no-recommends $*" ;;
  esac
  if [[ $as ]] || ((EUID == 0)); then printf '%s\n' "$1"; else printf "su -c '%s'\n" "$1"; fi
}

# install_missing KIND…: installs what is missing as root, or prints the one command and returns 3.
install_missing() {
  local missing tool wanted name why packages=() lines=() none=()
  missing=$(missing_commands "$@")
  [[ -n $missing ]] || return 0
  tool=$(package_tool)
  if [[ $tool == apt-get ]] && ((EUID == 0)); then fetch_lists; fi
  wanted=$(wanted_packages "$missing")
  while IFS=$'\t' read -r name why; do
    if [[ $name == - ]]; then none+=("$why"); else packages+=($name) && lines+=("$(printf '  %-26s %s' "$name" "$why")"); fi
  done <<<"$wanted"
  if ((${#none[@]})); then say "No package of this system is known to bring: ${none[*]}"; fi
  ((${#packages[@]})) || return 3
  if ((${#packages[@]} == 1)); then say 'Drydock needs a package that this machine lacks:'; else say "Drydock needs ${#packages[@]} packages that this machine lacks:"; fi
  say "$(printf '%s\n' "${lines[@]}")"
  if [[ -z $tool ]]; then
    say 'This machine has none of apt-get, dnf, pacman and zypper. Install what these Debian packages hold with its own tool, then run this again.'
    return 3
  fi
  if ((EUID != 0)); then
    say 'Installing needs root. Run this once, then run this again:'
    say "  $(install_command "${packages[@]}")"
    return 3
  fi
  install_packages "${packages[@]}" || return
  missing=$(missing_commands "$@")
  [[ -z $missing && ${#none[@]} == 0 ]] && return
  while read -r _ name _ why; do
    [[ -z $name ]] || say "What was installed did not bring $name in a form that serves ($why)."
  done <<<"$missing"
  return 3
}

# mend_missing VERB: where a command has gone since Drydock was built, installs it as root, or says what brings it. The start goes on in any
# case: another lab may do without, and `lab doctor` tells more.
mend_missing() {
  local missing known= tried=$drydock_root/.drydock/lacking
  case $1 in '' | start | resume | explore | test) ;; *) return 0 ;; esac
  commands_there && return
  missing=$(missing_commands run)
  [[ -n $missing ]] || return 0
  # What could not be installed is not tried at each start.
  if ((EUID == 0)); then
    [[ ! -r $tried ]] || known=$(<"$tried")
    if [[ $known == "$missing" ]]; then
      say "This machine lacks $(cut -d' ' -f2 <<<"$missing" | paste -sd' '), which labs run; installing it failed before. lab doctor tells what each lab needs."
      return 0
    fi
    printf '%s\n' "$missing" >"$tried" 2>/dev/null
  fi
  install_missing run && rm -f "$tried"
  return 0
}

# fetch_lists: has apt-get learn which packages there are, before one of several is chosen.
fetch_lists() {
  local log
  log=$(mktemp)
  in_sight apt_phase run_logged apt-get update || true
  rm -f "$log"
}

# run_logged COMMAND…: what it says goes to the file "log".
run_logged() { DEBIAN_FRONTEND=noninteractive "$@" </dev/null >>"$log" 2>&1; }

# run_install PACKAGE…: as root.
run_install() {
  case $tool in
    apt-get) run_logged apt-get update && run_logged apt-get install -y --no-install-recommends "$@" ;;
    dnf) run_logged dnf install -y --setopt=install_weak_deps=False "$@" ;;
    # By the lists that are there: bringing the whole system up to date is for whoever owns it.
    pacman) run_logged pacman -S --needed --noconfirm "$@" ;;
    zypper) run_logged zypper --non-interactive install --no-recommends "$@" ;;
  esac
}

# apt_phase: what apt-get is at, by the file "log": Get:7 http://… · Need to get 95.4 MB of archives. · Unpacking curl (7.88.1-10) ... · Setting up …
apt_phase() {
  local line phase='fetching the lists of packages' size
  while read -r line; do
    case $line in
      'Need to get '*) size=${line#Need to get } phase="fetching ${size%% of *} of packages" ;;
      Unpacking\ *) line=${line#Unpacking } phase="unpacking ${line%% *}" ;;
      'Setting up '*) line=${line#Setting up } phase="setting up ${line%% *}" ;;
    esac
  done <"$log"
  printf '%s' "$phase"
}

# other_phase: what another tool said last.
other_phase() {
  local line
  line=$(tail -n 1 "$log")
  printf '%s' "${line:-installing}"
}

# install_packages PACKAGE…: as root. Docker, nginx and the ssh server are not started on the machine itself, now or at its next start: labs
# and tests run their own. What was installed before is left as it is.
install_packages() {
  local log status=0 policy=/usr/sbin/policy-rc.d made_policy=no phase=other_phase program services before=() tool=${tool:-}
  [[ $tool ]] || tool=$(package_tool)
  log=$(mktemp)
  for program in dockerd nginx sshd; do
    PATH=/usr/sbin:/usr/bin command -v "$program" >/dev/null && before+=("$program")
  done
  if [[ $tool == apt-get ]]; then
    phase=apt_phase
    if [[ ! -e $policy ]]; then
      printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && made_policy=yes
    fi
  fi
  say "Installing: $*"
  in_sight "$phase" run_install "$@" || status=$?
  [[ $made_policy == yes ]] && rm -f "$policy"
  if ((status != 0)); then
    tail -n 15 "$log" >&2
    say "$tool could not install them (its last lines are above, all of it is in $log). By hand: $(install_command "$@")"
    return 3
  fi
  rm -f "$log"
  [[ -d /run/systemd/system ]] || return 0
  stay_off dockerd Docker 'docker.service docker.socket containerd.service'
  stay_off nginx nginx nginx.service
  stay_off sshd 'The ssh server' 'ssh.service sshd.service'
}

# stay_off PROGRAM CALLED UNITS: turns off what came with a package that was not in "before".
stay_off() {
  [[ " ${before[*]} " != *" $1 "* ]] && PATH=/usr/sbin:/usr/bin command -v "$1" >/dev/null || return 0
  systemctl disable --quiet $3 2>/dev/null || true
  say "$2 is installed but stays off on this machine itself; 'systemctl enable --now ${3%%.*}' turns it on."
}
