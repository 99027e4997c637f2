# What the scripts of this folder share: how php is called, how a check reads, and the clean-up.
# They want NITRO_SO (the path of nitro.so) and NITROCTL (the path of nitroctl).
set -u
: "${NITRO_SO:?name the path of nitro.so in it}" "${NITROCTL:?name the path of nitroctl in it}"

caches=()
background=()

# new_cache NAME: sets $cache to a name of this run, which the end of the script destroys.
new_cache() {
  cache="test-$1-$$"
  caches+=("$cache")
}

clean_up() {
  local one
  for one in "${background[@]}"; do
    kill "$one" 2>/dev/null
  done
  # A process that lived on could make its cache anew.
  wait
  for one in "${caches[@]}"; do
    "$NITROCTL" destroy --cache "$one" >/dev/null 2>&1
  done
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# php_with [-d SETTING=VALUE]… -- CODE [ARGUMENT]…: runs CODE, in which $cache is a NitroCache.
php_with() {
  local settings=()
  while [ "$1" != -- ]; do
    settings+=("$1")
    shift
  done
  shift
  local code=$1
  shift
  ${instead_of_this_shell:+exec} timeout 30 php -n -d extension="$NITRO_SO" \
    -d nitro.janitor_path="$NITROCTL" -d nitro.memory=16M -d nitro.name="$cache" \
    "${settings[@]}" -r "\$cache = new NitroCache(); $code" -- "$@"
}

# in_background …: as php_with, without waiting for its end.
in_background() {
  # So that killing the background process ends php, not a shell around it.
  (instead_of_this_shell=yes php_with "$@") &
  background+=($!)
}
wait_for_background() {
  wait
  background=()
}

# check SENTENCE COMMAND…: a line that says whether COMMAND succeeded; the end if it did not.
check() {
  local sentence=$1
  shift
  if "$@"; then
    echo "ok: $sentence"
  else
    echo "FAILED: $sentence"
    exit 1
  fi
}

# within SECONDS COMMAND…: whether COMMAND succeeds before that time is over.
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}

# same ACTUAL EXPECTED
same() {
  [ "$1" = "$2" ] && return
  printf 'got:      %q\nexpected: %q\n' "$1" "$2"
  return 1
}

# statistic NAME: a number of nitroctl stats --json.
statistic() {
  "$NITROCTL" stats --json --cache "$cache" | sed -n "s/^ *\"$1\": \([0-9]*\),*\$/\1/p"
}
statistic_is() { [ "$(statistic "$1")" = "$2" ]; }
