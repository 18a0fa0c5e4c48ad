#compdef lab
# zsh completion of lab: put it into a folder of $fpath as _lab, or source <(lab completion zsh) after compinit
_lab_ids() {
  local -a ids
  ids=(${DRYDOCK_LABS:-'/FOLDER/library'}/*/lab.yaml(N:h:t))
  compadd -a ids
}

_lab_terms() {
  local folder=${DRYDOCK_LABS:-'/FOLDER/library'}
  local -a terms
  terms=(${(f)"$(sed -n '/^  - term: /{s///;s/ /-/g;p}' $folder/glossary.yaml 2>/dev/null)"})
  compadd -a terms
}

_lab_ids_or_files() {
  _lab_ids
  _files -g '*.yaml(-.)'
}

_lab() {
  local context state line
  local -a verbs
  verbs=(
    'list:the labs, and how far you are'
    'start:begin a lab, or go on where you left it'
    'resume:back into the open lab'
    'status:where you stand in the open lab'
    'check:judge the current step, and say why a goal is not met'
    'hint:the next hint of the current step'
    'answer:answer the current step'\''s question'
    'changes:what the last command changed, in the kernel'\''s words'
    'report:write down what you did in a lab'
    'solve:run the reference solution, shown as it runs'
    'next:go on to the next step'
    'skip:go on although the step is not done'
    'reset:a fresh lab host, back to the first step'
    'finish:end the open lab and its lab host'
    'why:why one place can or cannot reach another'
    'trace:a real packet'\''s way there and back, rule by rule'
    'explain:what a term means, and which lab teaches it'
    'play:watch a lab do itself, in a world of its own'
    'explore:a lab host without a lesson, to try things on'
    'topo:draw the network of the open lab as it is now'
    'test:prove that a lab teaches and grades correctly'
    'lint:find what is wrong in a lab file'
    'doctor:what this machine can run, what is missing, what mends it'
    'cleanup:remove whatever labs left behind'
    'completion:print a completion script\: bash or zsh'
  )
  _arguments -C '(- *)'{-h,--help}'[say what lab can do]' '(- *)--version[say which lab this is]' \
    '--debug[show traces]' '1:verb:->verb' '*::argument:->rest'
  case $state in
    verb) _describe verb verbs ;;
    rest)
      case $line[1] in
        list) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--json[For programs\: one JSON object.]' ;;
        start) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--place[Where the lab host stands\: local (this machine), vagrant (the VM of the Vagrantfile here), ssh\:user@host or ssh\:user@host\:port.]:PLACE: ' '--world[sandbox, which is what goes without saying, or machine\: the network and the Docker of that place itself, put back at the end; only on a VM made for it.]:KIND:(sandbox machine)' '1:lab:_lab_ids_or_files' ;;
        resume) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '1:lab:_lab_ids' ;;
        status) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--json[For programs\: one JSON object.]' ;;
        check) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--all[Judge every step, not only the current one.]' '--json[For programs\: one JSON object.]' ;;
        hint) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' ;;
        answer) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' ;;
        changes) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--since[What now is compared with\: before the last command, at the step'\''s or the lab'\''s start.]:WHEN:(command step start)' '--all[Every change, where there are many.]' '--as-commands[The commands that would do the same by hand, and of what no command does, why.]' '--format[text, or json for programs.]:FORMAT:(text json)' '--always[From now on, tell in one line after every command in the lab'\''s shell; or no more.]:on|off:(on off)' ;;
        report) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--format[md, Markdown; html, one page with pictures; json, for programs; cast, what was typed, for asciinema.]:FORMAT:(md html json cast)' '--output[Write it there instead of here.]:FILE:_files' '1:lab:_lab_ids' ;;
        solve) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--afresh[On a fresh lab host, on which the steps before are repeated; what you made in the old one is lost.]' ;;
        next) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' ;;
        skip) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' ;;
        reset) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--step[Only back to the start of the current step\: a fresh lab host, on which the steps before it are repeated.]' ;;
        finish) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '1:lab:_lab_ids' ;;
        why) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--format[text, or json for programs.]:FORMAT:(text json)' '--fix-hint[Show a command that would mend it as well.]' '--size[Follow a packet of so many bytes, its IP header included.]:BYTES: ' ;;
        trace) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--format[text, or json for programs.]:FORMAT:(text json)' ;;
        explain) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '1:term:_lab_terms' ;;
        play) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--speed[How fast at a terminal\: 2 is twice as fast, 0 never waits. Piped, it never waits.]:N: ' '--record[Write a recording there as well, which asciinema plays.]:FILE:_files' '--place[Where the lab host stands\: local (this machine), vagrant (the VM of the Vagrantfile here), ssh\:user@host or ssh\:user@host\:port.]:PLACE: ' '1:lab:_lab_ids_or_files' ;;
        explore) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--place[Where the lab host stands\: local (this machine), vagrant (the VM of the Vagrantfile here), ssh\:user@host or ssh\:user@host\:port.]:PLACE: ' '--world[sandbox, which is what goes without saying, or machine\: the network and the Docker of that place itself, put back at the end; only on a VM made for it.]:KIND:(sandbox machine)' '--hosts[The lab hosts, on one backbone; without it, one\: labhost.]:NAME,NAME: ' '--no-docker[Without Docker\: ready sooner.]' '--images[The images that Docker has; without it, busybox.]:NAME,NAME: ' ;;
        topo) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--format[text, a picture of characters; list, the same in lines; json, for programs; svg, a file for a browser.]:FORMAT:(text list json svg)' '--watch[Stay, and draw anew whenever the picture changes; Ctrl-C leaves.]' ;;
        test) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--all[Every lab of the library.]' '-j[How many worlds work at a time; 4 unless you say otherwise.]:N: ' '--format[text (unless you say otherwise), json or junit.]:FORMAT:(text json junit)' '--times[Say where the time of each step went.]' '--output[Write the report there; the text still comes here.]:FILE:_files' '--strict[Fail also where this kernel cannot run a lab, but for those that --excepting names.]' '--excepting[Labs that may be not runnable here.]:ID,…: ' '*:lab:_lab_ids_or_files' ;;
        lint) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--format[How to tell it; text unless you say otherwise.]:text|json:(text json)' '*:lab:_lab_ids_or_files' ;;
        doctor) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--json[For programs\: one JSON object.]' '--fix[Print only the commands that mend what is missing, one a line\: lab doctor --fix | sudo sh]' '--all[What no lab needs, too, line by line.]' '--place[Where the lab host stands\: local (this machine), vagrant (the VM of the Vagrantfile here), ssh\:user@host or ssh\:user@host\:port.]:PLACE: ' ;;
        cleanup) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '--all[Open labs too\: their lab hosts end, and lab resume begins them anew.]' '--everybody[Every lab host on this machine that you may end, of whatever state folder, as root of whatever user\: shows them and asks first.]' '--yes[With --everybody\: do not ask.]' '--place[Where the lab host stands\: local (this machine), vagrant (the VM of the Vagrantfile here), ssh\:user@host or ssh\:user@host\:port.]:PLACE: ' ;;
        completion) _arguments -s '--help[Say what this verb does and takes.]' '--debug[Show the trace when something goes wrong.]' '1:word:(bash zsh)' ;;
      esac ;;
  esac
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _lab "$@"; else compdef _lab lab; fi
