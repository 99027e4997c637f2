#!/usr/bin/env bash
# pcntl_fork in the middle of use: both processes go on, and what they hold stays what it is.
. "$(dirname "$0")/processes.bash"

new_cache fork
php_file fork.php "$scratch/orphan-is-done"
