#!/usr/bin/env bash
# What a process holds of 1000 keys stays what it was while another process overwrites all of them,
# again and again; afterwards nothing of it is left in the cache.
#   held_values.sh [ROUNDS]
. "$(dirname "$0")/processes.bash"

new_cache held
php_file -d nitro.memory=24M -d nitro.janitor=off held_values.php "${1:-50}" || exit 1
check 'verify finds nothing' verify_finds_nothing
