#!/usr/bin/env bash
# Whatever the bytes of a value are, a process that copies does not read or write beside them, does
# not end, and loses no memory. Many processes, one after the other: of three, two have each
# allocation watched by AddressSanitizer, and one measures what PHP's own allocator gives and gets
# back.
#   SEED=1 damaged_values.sh [SECONDS]
# With ONLY=0 or ONLY=1 in the environment it is the first kind of process alone, or the second.
# NITRO_SO is a build with AddressSanitizer, by default that of the preset `asan`.
asan_tree=$(cd "$(dirname "$0")/../.." && pwd)/out/asan
: "${NITRO_SO:=$asan_tree/nitro.so}"
: "${NITRO_ALLOW_SANITIZER:=$asan_tree/tests/libnitro_allow_sanitizer.so}"
. "$(dirname "$0")/../process/processes.bash"

seconds=${1:-12}
seed=${SEED:-$((RANDOM * 32768 + RANDOM))}
echo "seed $seed"

php=("$(dirname "$0")/../support/watched" php)
export NITRO_ALLOW_SANITIZER

# A value that is damaged so that reading it does not end.
longest_life=60

# watched USE_ZEND_ALLOC FILE [ARGUMENT]…: in a process that copies.
watched() {
  local use_zend_alloc=$1
  shift
  USE_ZEND_ALLOC=$use_zend_alloc MAX_ALLOCATION_MB=256 \
    php_file -d nitro.memory=8M -d nitro.janitor=off -d nitro.in_place=0 -d memory_limit=256M \
    "../../fuzz/php/$1" "${@:2}"
}

new_cache damaged-values
watched 0 known_damages.php || exit 1

end=$((SECONDS + seconds))
for ((run = 0; SECONDS < end; run++)); do
  use_zend_alloc=${ONLY:-$((run % 3 == 2))}
  watched "$use_zend_alloc" damaged_values.php 100 "$((seed + run))" >"$scratch/output" 2>&1
  code=$?
  if [ "$code" -ne 0 ]; then
    tail -c 30000 "$scratch/output"
    echo "FAILED: damaged_values.php 100 $((seed + run)) with USE_ZEND_ALLOC=$use_zend_alloc ends" \
      "with $code; once more: ONLY=$use_zend_alloc TRACE=1 SEED=$((seed + run)) $0"
    exit 1
  fi
  cat "$scratch/output"
done
echo "ok: $run processes with seeds from $seed on found nothing"
check 'verify finds nothing' verify_finds_nothing
