#!/usr/bin/env bash
# Sessions of php-fpm: the requests of one wait for each other, those of different ones do not, and
# nobody waits for a request that was killed or that did not close its session.
. "$(dirname "$0")/processes.bash"

new_cache sessions
check 'php-fpm is installed' test -n "$php_fpm"
check 'php-fpm is there' start_php_fpm "$scratch/fpm" 4 'php_value[session.save_handler] = nitro' \
  "php_value[session.save_path] = 'name=$cache'" 'php_value[session.use_cookies] = 0'

php_file -d session.save_handler=nitro -d session.save_path="\"name=$cache\"" -d session.use_cookies=0 \
  -d session.cache_limiter= sessions.php "$scratch/fpm" "$scratch" || exit 1
check 'verify finds nothing' verify_finds_nothing
