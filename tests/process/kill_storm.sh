#!/usr/bin/env bash
# PHP processes are killed at random moments while another one reads and writes: it notices nothing.
#   KILLS=300 SEED=1 kill_storm.sh
. "$(dirname "$0")/processes.bash"

new_cache storm
php_file storm.php "${KILLS:-300}" "${SEED:-0}" || exit 1

new_cache fpm-storm
check 'php-fpm is there' start_php_fpm "$scratch/fpm" 4 'request_terminate_timeout = 1s'
php_file storm.php "${FPM_KILLS:-30}" "${SEED:-0}" "$scratch/fpm"
