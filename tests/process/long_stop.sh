#!/usr/bin/env bash
# Processes that are stopped for long, one with values of the cache and one with a lock, stay who they are:
# whatever others do meanwhile, what they hold is theirs, and they go on when they are resumed.
#   long_stop.sh [SECONDS]
. "$(dirname "$0")/processes.bash"

seconds=${1:-5}
longest_life=$((seconds + 60))
new_cache long-stop
php_file -d nitro.janitor=off -d nitro.lock_timeout=0.01 long_stop.php "$scratch" "$seconds" || exit 1
check 'verify finds nothing' verify_finds_nothing
