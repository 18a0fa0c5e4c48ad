#!/usr/bin/env bash
# Kills a random process of Drydock's with SIGKILL at a random moment of whatever somebody may be doing with it, several rounds at once. Then
# cleanup must leave nothing, no step that was recorded as done may be lost, and nobody may have seen a stack trace.
# Usage: kill-nine.bash ROUNDS SCRATCH [SEED]      1,000 rounds take about an hour and a half on two cores
set -u
drydock_root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
rounds=${1:-30} scratch=$2 seed=${3:-$RANDOM}
lab=$drydock_root/lab
acts=(start start start docker test reset check cleanup finish resume)

# descendants PID: it and everything below it.
descendants() {
  local child
  echo "$1"
  for child in $(cat /proc/"$1"/task/*/children 2>/dev/null); do descendants "$child"; done
}

# with_keys ID: a shell in the lab at whose keyboard nobody types any more after the first commands; sets "shell" and "keys".
with_keys() {
  rm -f "$here/keys" && mkfifo "$here/keys"
  "$lab" "$@" <"$here/keys" >>"$here/out" 2>&1 &
  shell=$!
  exec {keys}>"$here/keys"
}

# one_round NUMBER: prints what happened; fails where something was lost or left.
one_round() {
  local number=$1 act here shell keys='' delay victim candidates name recorded later left wait file trouble=() progress id=bridge-by-hand
  RANDOM=$((seed + number))
  here=$scratch/round-$number
  mkdir -p "$here/tmp"
  export XDG_STATE_HOME=$here/state TMPDIR=$here/tmp
  act=${acts[RANDOM % ${#acts[@]}]}
  [[ $act == docker ]] && id=bridge-basics
  progress=$XDG_STATE_HOME/drydock/labs/$id/progress.jsonl
  if [[ $act != start && $act != docker && $act != test ]]; then
    printf 'ip netns add red\nip netns add blue\n\n' | "$lab" start $id >>"$here/out" 2>&1
  fi
  case $act in
    start) with_keys start $id && printf 'ip netns add red\nip netns add blue\n\n' >&"$keys" ;;
    docker) with_keys start $id && printf 'docker run -d --name busybox1 busybox sleep 1d\ntopo\n\n' >&"$keys" ;;
    resume) with_keys resume && printf 'ip link\nchanges\nwhy red blue\n' >&"$keys" ;;
    test) "$lab" test bridge-by-hand -j 2 >>"$here/out" 2>&1 & shell=$! ;;
    reset) "$lab" reset >>"$here/out" 2>&1 </dev/null & shell=$! ;;
    check) "$lab" check --all >>"$here/out" 2>&1 </dev/null & shell=$! ;;
    cleanup) "$lab" cleanup --all >>"$here/out" 2>&1 </dev/null & shell=$! ;;
    finish) "$lab" finish >>"$here/out" 2>&1 </dev/null & shell=$! ;;
  esac
  recorded=$(grep -ci '"done"' "$progress" 2>/dev/null)
  delay=$(printf '%d.%03d' $((RANDOM % 3)) $((RANDOM % 1000)))
  sleep "$delay"
  mapfile -t candidates < <(descendants "$shell")
  victim=${candidates[RANDOM % ${#candidates[@]}]}
  ((number % 2)) && victim=$shell
  name=$({ tr '\0\n' '  ' <"/proc/$victim/cmdline" | cut -c1-40; } 2>/dev/null)
  [[ $act == start || $act == docker ]] && recorded=$(grep -ci '"done"' "$progress" 2>/dev/null)
  kill -9 "$victim" 2>/dev/null
  [[ ! $keys ]] || exec {keys}>&-
  # Whoever lost one of its own may say so, but not wait for it for ever.
  for ((wait = 0; wait < 600; wait++)); do
    kill -0 "$shell" 2>/dev/null || break
    sleep 0.5
  done
  ((wait < 600)) || { trouble+=("did not end in 300 s") && kill -9 "$shell"; }
  wait "$shell" 2>/dev/null
  later=$(grep -ci '"done"' "$progress" 2>/dev/null)
  # Finishing ends a run, and its steps with it, but not what was ever done.
  [[ $act == finish || $act == reset ]] || ((${later:-0} >= ${recorded:-0})) || trouble+=("$recorded steps were recorded, $later are left")
  "$lab" finish >>"$here/out" 2>&1 </dev/null
  "$lab" cleanup --all >>"$here/out" 2>&1 </dev/null || trouble+=("cleanup ended with status $?")
  # The kernel takes a moment to end the processes of a namespace whose first process was killed.
  for ((wait = 0; wait < 100; wait++)); do
    left=$({ for file in /proc/[0-9]*/cmdline; do tr '\0' ' ' <"$file" | grep -F "$here/" | grep -v grep; done | head -n 3; } 2>/dev/null)
    [[ -z $left ]] && break
    sleep 0.1
  done
  [[ -z $left ]] || trouble+=("still there after cleanup: $left")
  left=$(cd "$here" && find tmp state/drydock/worlds state/drydock/passing -mindepth 1 2>/dev/null | head -n 5)
  [[ -z $left ]] || trouble+=("left behind: ${left//$'\n'/ }")
  if grep -nE '^\s+at [a-z]+\.|Exception' "$here/out" >"$here/traces"; then trouble+=("a stack trace: $(head -n 1 "$here/traces")"); fi
  echo "round $number: $act, killed after $delay s: $victim ${name:-(gone)}${trouble[*]:+: FAILED: ${trouble[*]}}"
  ((${#trouble[@]} == 0)) || return 1
  rm -rf "$here"
}

before=$(find /tmp -maxdepth 1 -name '*drydock*' 2>/dev/null | sort)
echo "seed $seed"
at_once=$(nproc)
for ((round = 1; round <= rounds; round++)); do
  ((round > at_once)) && wait -n
  (one_round "$round" || echo "$round" >>"$scratch/failed") &
done
wait
failures=$(cat "$scratch/failed" 2>/dev/null | wc -l)
after=$(find /tmp -maxdepth 1 -name '*drydock*' 2>/dev/null | sort)
new=$(comm -13 <(echo "$before") <(echo "$after"))
[[ -z $new ]] || { echo "left in /tmp: $new"; failures=$((failures + 1)); }
echo "$((rounds - failures)) passed, $failures failed"
((failures == 0))
