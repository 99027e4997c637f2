#!/usr/bin/env bash
# A hot set that is read now and then survives a flood of cold keys of five times the memory.
. "$(dirname "$0")/processes.bash"

for megabytes in 8 32; do
  for value_size in 30 400 10000; do
    new_cache "hot-$megabytes-$value_size"
    php_file -d nitro.memory="${megabytes}M" -d nitro.janitor=off hot_set.php "$value_size" || exit 1
    check 'verify finds nothing' verify_finds_nothing
    "$NITROCTL" destroy --cache "$cache" >/dev/null
  done
done
