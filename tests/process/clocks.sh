#!/usr/bin/env bash
# What a wall clock shows, and who sets it while entries live, makes no difference to when they expire.
. "$(dirname "$0")/processes.bash"

# libfaketime leaves these behind.
remove_traces() {
  local pid
  while read -r pid; do
    rm -f "/dev/shm/faketime_shm_$pid" "/dev/shm/sem.faketime_sem_$pid"
  done <"$scratch/pids"
}
: >"$scratch/pids"
trap 'clean_up; remove_traces; rm -rf "$scratch"' EXIT

library=$(find /usr/lib /usr/lib64 -name libfaketime.so.1 2>/dev/null | head -n 1)
new_cache clocks
if [ -n "$library" ]; then
  php_file -d nitro.janitor=off clocks.php "$library" "$scratch" || exit 1
  check 'verify finds nothing' verify_finds_nothing
else
  skip 'wall clocks that differ: there is no libfaketime'
fi
finish
