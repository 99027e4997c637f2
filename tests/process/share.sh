#!/usr/bin/env bash
# Processes that are not related see each other's writes at once, whatever their SAPI.
. "$(dirname "$0")/processes.bash"

new_cache share
php_cgi=$(first_command "php-cgi$php_version" php-cgi)
check 'php-fpm is installed' test -n "$php_fpm"
check 'php-cgi is installed' test -n "$php_cgi"

start_php_cgi() {
  start "${1##*/}-log" env -u PHP_FCGI_CHILDREN -u PHP_FCGI_MAX_REQUESTS \
    "$php_cgi" "${nitro_options[@]}" -d nitro.name="$cache" -b "$1"
  within 10 accepts_connections "unix://$1"
}

addresses=()
for half in writer reader; do
  check "a command-line process is there as $half" start_listener "$scratch/cli-$half" idle
  addresses+=("cli $scratch/cli-$half")
  check "a php-fpm worker is there as $half" start_php_fpm "$scratch/fpm-$half" 1
  addresses+=("fpm-fcgi $scratch/fpm-$half")
  check "a php -S is there as $half" start_web_server answer.php
  addresses+=("cli-server $address")
  check "a php-cgi is there as $half" start_php_cgi "$scratch/cgi-$half"
  addresses+=("cgi-fcgi $scratch/cgi-$half")
done

php_file share.php "${addresses[@]}" || exit 1
check 'verify finds nothing' verify_finds_nothing
