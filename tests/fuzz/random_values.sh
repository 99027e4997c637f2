#!/usr/bin/env bash
# Random values of every kind come back, behave as they should when they are modified, and stay what
# they are while they are held. Many processes, one after the other, with one small cache: each has
# pins of its own to use up, and finds what those before it have left.
#   SEED=1 random_values.sh [SECONDS [-d SETTING=VALUE]…]
. "$(dirname "$0")/../process/processes.bash"

seconds=${1:-10}
seed=${SEED:-$((RANDOM * 32768 + RANDOM))}
file=../../fuzz/php/random_values.php
echo "seed $seed"

new_cache random-values
end=$((SECONDS + seconds))
for ((run = 0; SECONDS < end; run++)); do
  # Now and then one goes on for long, and has to live with copies.
  iterations=$((run % 20 == 5 ? 2000 : 150))
  php_file -d nitro.memory=8M -d nitro.janitor=off -d memory_limit=512M "${@:2}" \
    "$file" "$iterations" "$((seed + run))" >"$scratch/output" 2>&1
  code=$?
  if [ "$code" -ne 0 ]; then
    cat "$scratch/output"
    echo "FAILED: $file $iterations $((seed + run)) ends with $code; once more: SEED=$((seed + run)) $0"
    exit 1
  fi
done
cat "$scratch/output"
echo "ok: $run processes with seeds from $seed on found nothing"
check 'verify finds nothing' verify_finds_nothing
