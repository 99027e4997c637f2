#!/usr/bin/env bash
# Each subcommand of nitroctl, on a cache that PHP filled.
# The code in single quotes is PHP; $cache in it is PHP's.
# shellcheck disable=SC2016
. "$(dirname "$0")/support.bash"

output=$(mktemp -d)
trap 'clean_up; rm -rf "$output"' EXIT

# ctl EXPECTED_EXIT_CODE ARGUMENT…: leaves stdout and stderr in files of these names.
ctl() {
  local expected=$1
  shift
  timeout 30 "$NITROCTL" "$@" >"$output/stdout" 2>"$output/stderr"
  local code=$?
  [ "$code" -eq "$expected" ] && return
  echo "nitroctl $*: exit code $code instead of $expected"
  cat "$output/stderr"
  return 1
}
# prints TEXT: as the last stdout, to the byte, closing newline aside.
prints() { same "$(cat "$output/stdout")" "$1"; }
mentions() { grep -qF -- "$1" "$output/$2"; }
is_silent() { [ ! -s "$output/$1" ]; }
# holds CODE: $json is the last stdout, decoded.
holds() {
  php_with -d nitro.janitor=off -- \
    '$json = json_decode(file_get_contents($argv[1]), true, 9, JSON_THROW_ON_ERROR);
     exit(('"$1"') ? 0 : 1);' "$output/stdout"
}
# is_as_php_makes CODE: compares the last stdout, byte by byte.
is_as_php_makes() { php -n -r "echo $1;" | cmp - "$output/stdout"; }

new_cache nitroctl
check 'PHP fills a cache' php_with -d nitro.janitor=off -- '
  foreach ([
    "text" => "hello", "empty" => "", "bytes" => "\0\xff\n\\", "long" => str_repeat("a\0b", 50000),
    "null" => null, "true" => true, "false" => false, "int" => -42, "float" => 1.5,
    "array" => [1, "two"], "odd\0\n\\\x7f\xfe key" => "found", "caf\u{e9}" => "au lait",
  ] as $key => $value) {
    $cache->set($key, $value) || exit(1);
  }
  $cache->set("soon", "gone", 100) || exit(1);'

# --- help and usage

check '--version' ctl 0 --version
check 'says 0.1.0' mentions 0.1.0 stdout
for words in help --help 'help stats' 'stats --help'; do
  # shellcheck disable=SC2086  # words
  check "$words" ctl 0 $words
  check 'names the subcommand' mentions stats stdout
  check 'names --cache' mentions --cache stdout
done
for words in '' nonsense 'help nonsense' 'stats surplus' 'get' 'stats --abi xyz' \
  'janitor --idle-timeout -1' 'get --escaped \q' 'stats --cache ../x' 'keys --null --long'; do
  # shellcheck disable=SC2086
  check "\"$words\" is refused" ctl 2 $words
  check 'on stderr' mentions 'nitroctl: ' stderr
  check 'and nothing is on stdout' is_silent stdout
done
check 'a cache that does not exist' ctl 2 stats --cache "$cache-absent"
check 'is named' mentions "$cache-absent" stderr
check 'with what there is instead' mentions "  $cache" stderr

# --- stats

check 'stats' ctl 0 stats --cache "$cache"
check 'names the cache' mentions "$cache" stdout
check 'has units' mentions 'MiB' stdout
check 'says what is free' grep -qxP 'free +[\d.]+ [KM]iB' "$output/stdout"
check 'and what is dead' grep -qxP 'dead +[\d.]+ (bytes|[KM]iB)' "$output/stdout"
check 'stats --json, --cache before the subcommand' ctl 0 --cache "$cache" stats --json
check 'agrees with getStats()' holds '(function ($json, $stats) {
    foreach ($stats as $name => $value) {
      // Looking at it is a call, too, and takes a row.
      if (array_key_exists($name, $json) && !in_array($name, ["rows_used", "at_home"])
          && $json[$name] !== $value) {
        echo "$name: ", var_export($json[$name], true), " but ", var_export($value, true), "\n";
        return false;
      }
    }
    return true;
  })($json, $cache->getStats())'
check 'has every field' holds 'array_diff(["usage_bytes", "max_bytes", "capacity_bytes", "entries",
    "hits", "misses", "sets", "deletes", "evictions", "evictions_full_bucket", "expired",
    "failed_sets", "moved_bytes", "pins", "copies", "lock_waits", "lock_timeouts", "recoveries",
    "guest_calls", "refused_calls", "named_locks", "pinned_bytes", "held_bytes", "probation_bytes", "dead_bytes", "free_bytes", "reserved_bytes",
    "largest_value", "stripes", "rows_used", "rows", "janitor_pid", "janitor_heartbeat",
    "name", "segment", "at_home", "created_at", "maker"], array_keys($json)) === []'
check 'counts the entries' holds '$json["entries"] === 13 && $json["usage_bytes"] > 150000'

# --- keys

check 'keys' ctl 0 keys --cache "$cache"
check 'prints them sorted, one per line, harmless' prints 'array
bytes
café
empty
false
float
int
long
null
odd\x00\x0a\\\x7f\xfe key
soon
text
true'
check 'keys PREFIX' ctl 0 keys --cache "$cache" f
check 'prints those that begin so' prints 'false
float'
check 'keys PREFIX --escaped' ctl 0 keys --cache "$cache" --escaped 'odd\x00'
check 'prints those that begin so' prints 'odd\x00\x0a\\\x7f\xfe key'
check 'keys of a prefix that nothing has' ctl 0 keys --cache "$cache" nothing
check 'prints nothing' is_silent stdout
check 'keys --null' ctl 0 keys --cache "$cache" --null odd
check 'prints the bytes' is_as_php_makes '"odd\0\n\\\x7f\xfe key\0"'
check 'keys --long' ctl 0 keys --cache "$cache" --long
for line in 'string|5|-|text' 'string|150000|-|long' 'string|0|-|empty' 'null|0|-|null' \
  'bool|0|-|false' 'int|8|-|int' 'float|8|-|float'; do
  check "has the line $line" grep -qxF -- "${line//|/$'\t'}" "$output/stdout"
done
check 'tells how long an entry has yet to live' grep -qxP 'string\t4\t(100|9\d)\tsoon' "$output/stdout"

# --- get

check 'get of a string' ctl 0 get text --cache "$cache"
check 'gives its bytes and no newline' is_as_php_makes '"hello"'
check 'get of an empty string' ctl 0 get empty --cache "$cache"
check 'gives nothing' is_silent stdout
check 'get of bytes' ctl 0 get bytes --cache "$cache"
check 'gives them' is_as_php_makes '"\0\xff\n\\"'
check 'get of a long string' ctl 0 get long --cache "$cache"
check 'gives all of it' is_as_php_makes 'str_repeat("a\0b", 50000)'
while read -r key shown; do
  check "get of $key" ctl 0 get "$key" --cache "$cache"
  check "prints $shown" prints "$shown"
done <<'END'
null NULL
true bool(true)
false bool(false)
int int(-42)
float float(1.5)
END
check 'get of a key in escaped form' ctl 0 get --escaped 'odd\x00\x0a\\\x7f\xfe key' --cache "$cache"
check 'finds it' prints found
check 'get --info' ctl 0 get --info soon --cache "$cache"
check 'prints kind and size' mentions $'kind  string\nsize  4' stdout
check 'and the remaining seconds' grep -qxP 'ttl   (100|9\d)' "$output/stdout"
check 'get of a key that is called like a subcommand' ctl 1 get get --cache "$cache"
check 'get of an array refuses' ctl 2 get array --cache "$cache"
check 'says what to do' mentions 'read them with PHP' stderr
check 'and prints nothing' is_silent stdout
if php_with -d nitro.janitor=off -d nitro.compress_above=1K -- '
    exit((int) (ini_get("nitro.compress_above") !== "1K" || !$cache->set("packed", str_repeat("p", 5000))));' 2>/dev/null; then
  check 'get of a compressed string refuses' ctl 2 get packed --cache "$cache"
  check 'says what to do' mentions 'read them with PHP' stderr
  check 'and prints nothing' is_silent stdout
  check 'get --info of it' ctl 0 get --info packed --cache "$cache"
  check 'prints its kind' mentions 'kind  compressed string' stdout
  check 'it goes again' php_with -d nitro.janitor=off -- '$cache->delete("packed");'
fi
check 'allow() counts' php_with -d nitro.janitor=off -- 'exit((int) !$cache->allow("limit", 5, 1000));'
check 'get of a rate limit refuses' ctl 2 get limit --cache "$cache"
check 'says what to do' mentions 'rate limits' stderr
check 'and prints nothing' is_silent stdout
check 'it is forgotten' php_with -d nitro.janitor=off -- '$cache->delete("limit");'
check 'get of an absent key' ctl 1 get absent --cache "$cache"
check 'says so on stderr' mentions absent stderr
check 'and prints nothing' is_silent stdout

# --- several caches of one name: a copy stands for another PHP version's

segment=$(sed -n 's/^ *"segment": "\/*\(.*\)",$/\1/p' <<<"$("$NITROCTL" stats --json --cache "$cache")")
abi=${segment##*-}
if [ -f "/dev/shm/$segment" ]; then
  other="${segment%-*}-00000000000000aa"
  (umask 077 && cp "/dev/shm/$segment" "/dev/shm/$other")
  ctl 0 stats --cache "$cache" --abi "$abi"
  chosen=$?
  ctl 2 stats --cache "$cache"
  refused=$?
  rm "/dev/shm/$other"
  check 'several caches of one name are refused' test "$refused" -eq 0
  check 'and listed' mentions "--abi $abi" stderr
  check 'all of them' mentions '--abi 00000000000000aa' stderr
  check '--abi chooses' test "$chosen" -eq 0
fi

# --- verify, clear

check 'verify' ctl 0 verify --cache "$cache"
check 'finds nothing' prints sound
check 'clear' ctl 0 clear --cache "$cache"
check 'leaves no entry' statistic_is entries 0
check 'and no use' statistic_is usage_bytes 0
check 'PHP misses what was cleared' \
  php_with -d nitro.janitor=off -- 'exit($cache->get("text", "miss") === "miss" ? 0 : 1);'
check 'verify finds nothing after that' ctl 0 verify --cache "$cache"

# --- janitor in the foreground, told to remove what is idle

php_with -d nitro.janitor=off -- '$cache->set("key", 1);'
check 'janitor --remove leaves at once when nobody is there' \
  ctl 0 janitor --cache "$cache" --idle-timeout 0 --remove
check 'and the cache is gone' ctl 2 stats --cache "$cache"

# --- destroy

new_cache destroyed
php_with -d nitro.janitor=off -- '$cache->set("key", 1);'
check 'destroy' ctl 0 destroy --cache "$cache"
check 'leaves no cache' ctl 2 stats --cache "$cache"
check 'destroy of what is not there' ctl 2 destroy --cache "$cache"
check 'PHP begins anew' php_with -d nitro.janitor=off -- 'exit($cache->has("key") ? 1 : 0);'
