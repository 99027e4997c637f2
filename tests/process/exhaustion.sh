#!/usr/bin/env bash
# A process that has no address space or no file descriptors left gets an exception that says so, and
# goes on when it has some again; who has a cache already goes on using it.
. "$(dirname "$0")/processes.bash"

new_cache exhaustion
(
  ulimit -n 100 || exit 1
  php_file -d nitro.janitor=off exhaustion.php descriptors
)
check 'without descriptors' test $? -eq 0
# Some 400 MB: enough for PHP, not for half a gigabyte.
(
  ulimit -v 400000 || exit 1
  php_file -d nitro.janitor=off exhaustion.php addresses
)
check 'without address space' test $? -eq 0
# Files of 4 MB at most, in units of a kilobyte.
(
  ulimit -f 4096 || exit 1
  php_file -d nitro.janitor=off exhaustion.php files
)
check 'without room for files' test $? -eq 0
check 'verify finds nothing' verify_finds_nothing
