# What the scripts with long-lived processes share: where the product is, how a process is started
# and stopped, what is skipped. Brings support.bash along.
process_tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${NITRO_SO:=$process_tests/../../out/nitro.so}" "${NITROCTL:=$process_tests/../../out/nitroctl}"
export NITRO_SO NITROCTL  # to processes that start others
. "$process_tests/support.bash"
for file in "$NITRO_SO" "$NITROCTL"; do
  check "$file is there" test -f "$file"
done

# For sockets, logs and what processes tell each other.
scratch=$(mktemp -d)
trap 'clean_up; rm -rf "$scratch"' EXIT

# Nothing that is started here lives longer than this many seconds, even if the script is killed.
longest_life=${LONGEST_LIFE:-110}

# How every SAPI is called: without the machine's php.ini, and with a small cache.
plain_options=(-n -d extension="$NITRO_SO" -d nitro.janitor_path="$NITROCTL")
nitro_options=("${plain_options[@]}" -d nitro.memory=16M)

# By what php_file() starts php.
php=(php)

# php_file [-d SETTING=VALUE]… FILE [ARGUMENT]…: runs a file of php/ for the cache $cache.
php_file() {
  local settings=()
  while [ "$1" = -d ]; do
    settings+=("$1" "$2")
    shift 2
  done
  local file=$1
  shift
  timeout "$longest_life" "${php[@]}" "${nitro_options[@]}" -d nitro.name="$cache" "${settings[@]}" \
    "$process_tests/php/$file" "$@"
}

# start LOG COMMAND…: in the background, until the script ends; $started is its pid.
start() {
  local log=$scratch/$1
  shift
  timeout "$longest_life" "$@" >"$log" 2>&1 </dev/null &
  started=$!
  background+=("$started")
}

# stop PID: of what start() started.
stop() {
  local one others=()
  for one in "${background[@]}"; do
    [ "$one" = "$1" ] || others+=("$one")
  done
  background=("${others[@]}")
  kill "$1" 2>/dev/null
  wait "$1" 2>/dev/null
}

is_running() { kill -0 "$1" 2>/dev/null; }

accepts_connections() {
  # shellcheck disable=SC2016  # PHP's variables
  php -n -r 'exit(@stream_socket_client($argv[1], timeout: 1) ? 0 : 1);' -- "$1"
}

# start_web_server FILE [-d SETTING=VALUE]…: php -S with a file of php/ for every request; $address
# is where it listens.
start_web_server() {
  local file=$1 attempt
  shift
  for attempt in 1 2 3 4 5; do
    # Free a moment ago; should somebody else take it meanwhile, another attempt finds another one.
    address=$(php -n -r 'echo stream_socket_get_name(stream_socket_server("tcp://127.0.0.1:0"), false);')
    start "web-server-$attempt" env -u PHP_CLI_SERVER_WORKERS \
      php "${nitro_options[@]}" -d nitro.name="$cache" "$@" -S "$address" "$process_tests/php/$file"
    within 5 accepts_connections "tcp://$address" && is_running "$started" && return
    stop "$started"
  done
  cat "$scratch"/web-server-*
  return 1
}

php_version=$(php -n -r 'echo PHP_MAJOR_VERSION, ".", PHP_MINOR_VERSION;')
# first_command NAME…: prints the first that there is.
first_command() { PATH=$PATH:/usr/local/sbin:/usr/sbin command -v "$@" | head -n 1; }
php_fpm=$(first_command "php-fpm$php_version" php-fpm)

# start_php_fpm SOCKET WORKERS [LINE]…: listens there; the lines are added to its pool's settings.
start_php_fpm() {
  local socket=$1 workers=$2 as_root=()
  shift 2
  {
    printf '%s\n' '[global]' 'daemonize = no' "error_log = $socket-log"
    printf '%s\n' '[www]' "listen = $socket" 'pm = static' "pm.max_children = $workers" "$@"
  } >"$socket.conf"
  # php-fpm wants to be told that root is meant.
  if [ "$EUID" -eq 0 ]; then
    printf '%s\n' 'user = root' 'group = root' >>"$socket.conf"
    as_root=(-R)
  fi
  start "${socket##*/}-output" "$php_fpm" "${nitro_options[@]}" -d nitro.name="$cache" \
    "${as_root[@]}" -y "$socket.conf"
  within 10 accepts_connections "unix://$socket"
}

# start_listener SOCKET HABIT [-d SETTING=VALUE]…: a PHP command-line process that performs what it is
# asked for at SOCKET. What it does in between, listen.php says.
start_listener() {
  local socket=$1 habit=$2
  shift 2
  start "${socket##*/}-log" php "${nitro_options[@]}" -d nitro.name="$cache" "$@" \
    "$process_tests/php/listen.php" "$socket" "$habit"
  within 10 test -S "$socket" && return
  cat "$scratch/${socket##*/}-log"
  return 1
}

skipped=no
# skip SENTENCE: says what is not tested here. finish() makes it the exit code.
skip() {
  echo "skipped: $1"
  skipped=yes
}
# The last line of a script that may skip something.
finish() { [ "$skipped" = no ] || exit 77; }

# What lies in shared memory for the cache of that name.
segments_of() { find /dev/shm -maxdepth 1 -name "nitro.*.$1.*"; }
nothing_is_left_of() { same "$(segments_of "$1")" ''; }

verify_finds_nothing() { timeout 30 "$NITROCTL" verify --cache "$cache"; }
