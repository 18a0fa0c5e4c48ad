# Sourced by setup/vm/prove and setup/engines/prove: what proofs in stages have in common. Sets only functions.

# run_stage NAME: the function stage_NAME, and how it ended.
run_stage() {
  local started=$SECONDS
  say "== $1"
  if "stage_$1"; then
    say "== $1: passed in $((SECONDS - started)) s"
  else
    say "== $1: FAILED after $((SECONDS - started)) s"
    return 1
  fi
}

# digest_of_files: of the names and contents of the files that its input names, NUL between them: it needs no history and counts what is not committed.
digest_of_files() { LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1; }

# answers LAB: what a student types who knows the lab, from its own reference solutions.
answers() {
  awk '/^  - id:/ { if (steps++) print "next"; taking = 0 }
    /^    [a-z]/ { taking = 0 }
    /^    ask:/ { print "solve" }
    /^    solve: \|/ { taking = 1; next }
    taking { print substr($0, 7) }
    END { print "next" }' "$drydock_root/labs/$1/lab.yaml"
}
