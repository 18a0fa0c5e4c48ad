# Puts the lab host's own programs where its PATH begins; sourced by labhost.sh in the lab host's root, which is not moved into yet. The
# calls of "tool" stand behind this, see LabTools.java. Where the folder could not be mounted, there are none.
tools=()
tool() { # NAME TEXT
  printf '#!/bin/bash\nhas_docker=%s\n%s\n' "$docker" "$2" >"usr/local/sbin/$1" && tools+=("usr/local/sbin/$1")
} 2>/dev/null
