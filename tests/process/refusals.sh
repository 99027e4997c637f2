#!/usr/bin/env bash
# A cache that cannot be had is an exception that says why, and nothing is left behind or touched; a
# cache whose name is removed under its processes is replaced by one new one.
. "$(dirname "$0")/processes.bash"

# --- sizes, and what lies under the name

new_cache refused
owner=()
if [ "$EUID" -eq 0 ]; then
  owner=(nobody)
else
  skip "a segment that belongs to somebody else: only root can make one"
fi
timeout 60 php "${plain_options[@]}" -d nitro.janitor=off -d nitro.name="$cache" \
  "$process_tests/php/refused.php" "${owner[@]}" || exit 1

# --- too little room

# A mount namespace of its own; an ordinary user needs a user namespace for that.
if [ "$EUID" -eq 0 ]; then
  own_mounts=(unshare --mount)
else
  own_mounts=(unshare --mount --map-root-user)
fi

# with_room SIZE[,OPTION…] PART [-d SETTING=VALUE]…: little_room.php where /dev/shm is of that size.
with_room() {
  local options=$1 part=$2
  shift 2
  # shellcheck disable=SC2016  # the inner shell's variables
  timeout 60 "${own_mounts[@]}" sh -c '
    mount -t tmpfs -o "mode=1777,size=$1" tmpfs /dev/shm || exit 1
    [ "$2" != nothing ] || head -c 100000 /dev/zero >/dev/shm/other
    [ "$2" != read-only ] || mount -o remount,ro /dev/shm || exit 1
    shift 2
    exec "$@"' sh "$options" "$part" \
    php "${plain_options[@]}" -d nitro.janitor=off "$@" "$process_tests/php/little_room.php" "$part"
}

if "${own_mounts[@]}" mount -t tmpfs tmpfs /dev/shm 2>/dev/null; then
  with_room 8M asked -d nitro.memory=64M || exit 1
  with_room 16M default || exit 1
  # A wrong size is none that was asked for.
  with_room 16M default -d nitro.memory=128MB || exit 1
  with_room 1M nothing || exit 1
  with_room 32M taken || exit 1
  with_room 8M read-only || exit 1
else
  skip 'too little room in /dev/shm: no mount namespace can be had'
fi

# --- the name is removed

removed_name() {
  local janitor=$1 addresses=()
  new_cache "removed-$janitor"
  for habit in reading writing; do
    check "a $habit process is there" \
      start_listener "$scratch/$janitor-$habit" "$habit" -d nitro.janitor="$janitor"
    addresses+=("cli $scratch/$janitor-$habit")
  done
  check 'a writing process is there' \
    start_listener "$scratch/$janitor-second" writing -d nitro.janitor="$janitor"
  addresses+=("cli $scratch/$janitor-second")
  echo "with nitro.janitor=$janitor, command-line processes"
  php_file -d nitro.janitor="$janitor" removed_name.php "${addresses[@]}" || exit 1
  check 'a php -S is there' start_web_server answer.php -d nitro.janitor="$janitor"
  addresses+=("cli-server $address")
  echo "with nitro.janitor=$janitor, and with a php -S"
  php_file -d nitro.janitor="$janitor" removed_name.php "${addresses[@]}" || exit 1
  check 'verify finds nothing' verify_finds_nothing
}
removed_name auto
removed_name off

finish
