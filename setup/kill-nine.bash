#!/usr/bin/env bash
# Ten times: starts a lab, completes its first step, and at a random moment kills a random process of Drydock's with SIGKILL.
# Then cleanup must leave nothing, and no step that was recorded as done may be lost. Usage: kill-nine.bash ROUNDS SCRATCH
set -u
drydock_root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
source "$drydock_root/setup/snapshot.bash"
rounds=${1:-10} scratch=$2
export XDG_STATE_HOME=$scratch/kill-nine
lab=$drydock_root/lab
failures=0

# descendants PID: it and everything below it.
descendants() {
  local child
  echo "$1"
  for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do descendants "$child"; done
}

# done_steps: how many steps the progress file tells of.
done_steps() { cat "$XDG_STATE_HOME"/drydock/labs/bridge-by-hand/progress.jsonl 2>/dev/null | grep -ci '"done"'; }

before=$(sandboxed_processes | cut -d' ' -f1 | sort)
for ((round = 1; round <= rounds; round++)); do
  mkfifo "$scratch/keys"
  "$lab" start bridge-by-hand <"$scratch/keys" >"$scratch/kill-nine.out" 2>&1 &
  shell=$!
  exec {keys}>"$scratch/keys"
  rm "$scratch/keys"
  printf 'ip netns add red\nip netns add blue\n\n' >&"$keys"
  # Between 0 and 3 s: the JVM's start, the building of the world, the first commands, the second step.
  delay=$(printf '%d.%03d' $((RANDOM % 3)) $((RANDOM % 1000)))
  sleep "$delay"
  mapfile -t candidates < <(descendants "$shell" | tail -n +1)
  victim=${candidates[RANDOM % ${#candidates[@]}]}
  ((round % 2)) && victim=$shell
  name=$(tr '\0\n' '  ' <"/proc/$victim/cmdline" 2>/dev/null | cut -c1-40)
  recorded=$(done_steps)
  kill -9 "$victim" 2>/dev/null
  exec {keys}>&-
  wait "$shell" 2>/dev/null
  later=$(done_steps)
  # Only what this state folder knows of: a lab that somebody has open elsewhere is left alone.
  "$lab" finish >/dev/null 2>&1
  "$lab" cleanup >/dev/null 2>&1 || { echo "round $round: cleanup ended with status $?"; failures=$((failures + 1)); }
  # The kernel takes a moment to end the processes of a namespace whose first process was killed.
  for ((wait = 0; wait < 50; wait++)); do
    left=$(comm -13 <(echo "$before") <(sandboxed_processes | cut -d' ' -f1 | sort))
    [[ -z $left ]] && break
    sleep 0.1
  done
  if [[ -n $left ]]; then
    echo "round $round: still there after cleanup: $(for pid in $left; do tr '\0' ' ' <"/proc/$pid/cmdline" | cut -c1-60; done)"
    failures=$((failures + 1))
  fi
  if ((later < recorded)); then
    echo "round $round: $recorded steps were recorded, $later are left"
    failures=$((failures + 1))
  fi
  echo "round $round: killed after $delay s: $victim ${name:-(gone)}; $later recorded steps kept"
done
echo "$((rounds - failures)) passed, $failures failed"
((failures == 0))
