#!/usr/bin/env bash
# A worker that never ends its request has no more memory after 100 000 operations with values of
# every kind than after its first few thousand.
#   many_kinds.sh [OPERATIONS]
. "$(dirname "$0")/processes.bash"

new_cache many-kinds
php_file -d nitro.memory=24M -d nitro.janitor=off many_kinds.php "${1:-100000}" || exit 1
check 'verify finds nothing' verify_finds_nothing
