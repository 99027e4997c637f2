#!/usr/bin/env bash
# More processes than the table of processes has rows: those without one use the cache as guests, and have
# rows of their own when others have left.
. "$(dirname "$0")/processes.bash"

new_cache full-table
php_file full_table.php || exit 1
check 'verify finds nothing' verify_finds_nothing
