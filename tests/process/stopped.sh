#!/usr/bin/env bash
# A process that is stopped in the middle of whatever it does with the cache holds up no reader, and a
# writer for no longer than nitro.lock_timeout. It goes on when it is resumed.
#   SEED=1 STOPS=20 stopped.sh
. "$(dirname "$0")/processes.bash"

new_cache stopped
php_file -d nitro.lock_timeout=30 stopped.php "$scratch" "${STOPS:-20}" 0.02 "${SEED:-0}" || exit 1
check 'verify finds nothing' verify_finds_nothing
