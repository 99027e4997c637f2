#!/usr/bin/env bash
# PHP processes are killed at random moments while another one reads and writes: it notices nothing.
#   KILLS=300 SEED=1 kill_storm.sh
. "$(dirname "$0")/processes.bash"

new_cache storm
php_file storm.php "$scratch" "${KILLS:-300}" "${SEED:-0}" || exit 1

new_cache fpm-storm
check 'php-fpm is there' start_php_fpm "$scratch/fpm" 4 'request_terminate_timeout = 1s'
php_file storm.php "$scratch" "${FPM_KILLS:-30}" "${SEED:-0}" "$scratch/fpm" || exit 1

# Process numbers mean nothing from one to the other: all are number 1 or 2.
own_numbers='unshare --pid --fork --kill-child --mount-proc'
if $own_numbers true 2>/dev/null; then
  new_cache storm-of-namespaces
  echo 'each process in a pid namespace of its own'
  STORM_WITHIN=$own_numbers php_file storm.php "$scratch" "${NAMESPACE_KILLS:-60}" "${SEED:-0}" || exit 1
else
  skip 'processes in pid namespaces of their own: none can be had'
fi
finish
