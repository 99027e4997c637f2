#!/usr/bin/env bash
# Keys and values at the edges of what is possible, and how long a large value holds up others.
. "$(dirname "$0")/processes.bash"

for megabytes in 1 8 64; do
  new_cache "edges-$megabytes"
  for part in edges largest; do
    php_file -d memory_limit=1G -d nitro.memory="${megabytes}M" "$part.php" || exit 1
  done
  check 'verify finds nothing' verify_finds_nothing
  "$NITROCTL" destroy --cache "$cache" >/dev/null
done

new_cache delay
php_file -d nitro.memory=64M -d nitro.janitor=off delay.php 64 || exit 1
check 'verify finds nothing' verify_finds_nothing
