#!/usr/bin/env bash
# PHP processes are killed at random moments while another one reads and writes: it notices nothing.
#   KILLS=300 SEED=1 kill_storm.sh
. "$(dirname "$0")/processes.bash"

new_cache storm
# shellcheck disable=SC2086  # no seed is no argument
php_file storm.php "${KILLS:-300}" ${SEED:-}
