#!/usr/bin/env bash
# Eight processes use a cache that is too small for what they want to keep. What they take of memory,
# how full the cache is, and how often they find what they look for must stay level.
#   SEED=1 soak.sh [SECONDS]
. "$(dirname "$0")/processes.bash"

seconds=${1:-12}
longest_life=$((seconds + 60))
new_cache soak
php_file -d nitro.memory=64M soak.php "$seconds" "${SEED:-0}" || exit 1
check 'verify finds nothing' verify_finds_nothing
