#!/usr/bin/env bash
# Processes that are not related see each other's writes at once, whatever their SAPI.
. "$(dirname "$0")/processes.bash"

new_cache share
version=$(php -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')
PATH=$PATH:/usr/local/sbin:/usr/sbin

# first_command NAME…: prints the first that there is.
first_command() { command -v "$@" | head -n 1; }
php_fpm=$(first_command "php-fpm$version" php-fpm)
php_cgi=$(first_command "php-cgi$version" php-cgi)
check 'php-fpm is installed' test -n "$php_fpm"
check 'php-cgi is installed' test -n "$php_cgi"

start_php_fpm() {
  local socket=$1 as_root=()
  cat >"$socket.conf" <<END
[global]
daemonize = no
error_log = $socket-log
[www]
listen = $socket
pm = static
pm.max_children = 1
END
  # php-fpm wants to be told that root is meant.
  if [ "$EUID" -eq 0 ]; then
    printf '%s\n' 'user = root' 'group = root' >>"$socket.conf"
    as_root=(-R)
  fi
  start "${socket##*/}-output" "$php_fpm" "${nitro_options[@]}" -d nitro.name="$cache" \
    "${as_root[@]}" -y "$socket.conf"
  within 10 accepts_connections "unix://$socket"
}

start_php_cgi() {
  start "${1##*/}-log" env -u PHP_FCGI_CHILDREN -u PHP_FCGI_MAX_REQUESTS \
    "$php_cgi" "${nitro_options[@]}" -d nitro.name="$cache" -b "$1"
  within 10 accepts_connections "unix://$1"
}

addresses=()
for half in writer reader; do
  check "a command-line process is there as $half" start_listener "$scratch/cli-$half" idle
  addresses+=("cli $scratch/cli-$half")
  check "a php-fpm worker is there as $half" start_php_fpm "$scratch/fpm-$half"
  addresses+=("fpm-fcgi $scratch/fpm-$half")
  check "a php -S is there as $half" start_web_server answer.php
  addresses+=("cli-server $address")
  check "a php-cgi is there as $half" start_php_cgi "$scratch/cgi-$half"
  addresses+=("cgi-fcgi $scratch/cgi-$half")
done

php_file share.php "${addresses[@]}" || exit 1
check 'verify finds nothing' verify_finds_nothing
