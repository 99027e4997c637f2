#!/usr/bin/env bash
# The janitor, as PHP starts it: it tidies while nobody does anything, there is one at most, a
# killed one is replaced, it leaves when it is not needed, and everything works without it.
# The code in single quotes is PHP; $cache in it is PHP's.
# shellcheck disable=SC2016
. "$(dirname "$0")/support.bash"

# The processes that serve $cache as its janitor, by their arguments.
janitors() {
  local file arguments
  for file in /proc/[0-9]*/cmdline; do
    # In braces, since a process may end before its file is opened.
    { mapfile -d '' -t arguments <"$file"; } 2>/dev/null || continue
    [[ "${arguments[*]} " == *' janitor '*"--cache $cache "* ]] || continue
    file=${file%/cmdline}
    echo "${file##*/}"
  done
}
there_are_janitors() { [ "$(janitors | wc -l)" -eq "$1" ]; }

# Afterwards the kernel has let go of its locks: until then a new process takes it for alive.
kill_for_good() {
  kill -9 "$1"
  within 5 has_ended "$1"
}
has_ended() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  [[ ${stat##*) } == Z* ]]
}

# Those that find the seat taken need a moment to leave.
exactly_one_settles() {
  within 5 there_are_janitors 1 && sleep 1.5 && there_are_janitors 1
}

store_ten_thousand='
  for ($i = 0; $i < 10000; $i++) {
    $cache->set("key $i", str_repeat("x", 100), 2) || exit(1);
  }'

# --- it tidies while nobody does anything

new_cache tidy
check 'PHP stores 10 000 entries that live for 2 seconds' php_with -- "$store_ten_thousand"
check 'all of them are there' statistic_is entries 10000
check 'one janitor was started' exactly_one_settles
sleep 1
check 'with no PHP process, they are gone 5 seconds after they expired' within 5 statistic_is entries 0
check 'their memory is free' statistic_is usage_bytes 0
check 'they are counted as expired' statistic_is expired 10000

# --- one at most

new_cache one
for round in 1 2 3; do
  before=$(janitors)
  check "round $round: no janitor, or one that is about to be killed" same "$(wc -w <<<"$before")" \
    "$((round > 1))"
  [ -z "$before" ] || check "round $round: it is killed" kill_for_good "$before"
  in_background -- 'usleep(3000000);'
  in_background -- 'usleep(3000000);'
  check "round $round: two PHP processes started at once lead to one janitor" exactly_one_settles
  check "round $round: it is a new one" test "$(janitors)" != "$before"
  check "round $round: the cache names it" statistic_is janitor_pid "$(janitors)"
  wait_for_background
done
before=$(janitors)
for _ in 1 2 3 4 5 6 7 8; do
  "$NITROCTL" janitor --cache "$cache" --detach || exit 1
done
check 'more of them leave again' exactly_one_settles
check 'not the one that was there' same "$(janitors)" "$before"
check 'it is killed' kill_for_good "$before"
for _ in 1 2 3 4 5 6 7 8; do
  "$NITROCTL" janitor --cache "$cache" --detach &
done
wait
check 'of eight that are started at once one stays' exactly_one_settles

# --- a process that was there before uses the cache again

new_cache again
in_background -- 'for ($i = 0; $i < 200; $i++) { $cache->set("key", $i); usleep(50000); }'
check 'a janitor serves a process that goes on for long' exactly_one_settles
killed=$(janitors)
check 'it is killed' kill_for_good "$killed"
there_is_a_new_janitor() { there_are_janitors 1 && [ "$(janitors)" != "$killed" ]; }
check 'the process starts another within two seconds' within 3 there_is_a_new_janitor
killed=$(janitors)
check 'it is killed, too' kill_for_good "$killed"
check 'the next process to use the cache starts another' php_with -- '$cache->set("key", 1) || exit(1);'
check 'and that one is alone' exactly_one_settles
check 'and new' test "$(janitors)" != "$killed"
wait_for_background

# --- it leaves

new_cache idle
in_background -d nitro.idle_timeout=2 -- '$cache->set("key", 1); usleep(5500000);'
check 'a janitor is there' exactly_one_settles
sleep 3
check 'it stays while a process is attached, however little that does' there_are_janitors 1
check 'it leaves after the idle time-out' within 8 there_are_janitors 0
wait_for_background
check 'the entries stay' php_with -d nitro.janitor=off -- 'exit($cache->get("key") === 1 ? 0 : 1);'

new_cache visited
php_with -d nitro.idle_timeout=2 -- '$cache->set("key", 1);'
check 'a janitor serves a cache without processes' within 5 there_are_janitors 1
before=$(janitors)
for _ in {1..20}; do
  "$NITROCTL" get key --cache "$cache" >/dev/null || exit 1
  sleep 0.2
done
check 'it stays while processes come and go between its looks' same "$(janitors)" "$before"
check 'it leaves when none comes any more' within 6 there_are_janitors 0

new_cache empty
php_with -d nitro.idle_timeout=2 -- '$cache->set("key", 1, 1);'
check 'a janitor serves a cache that will be empty' within 5 there_are_janitors 1
check 'it leaves' within 8 there_are_janitors 0
"$NITROCTL" stats --cache "$cache" >/dev/null 2>&1
check 'and removes the empty cache' same $? 2

# --- without it

new_cache without
check 'without a janitor a process stores' \
  php_with -d nitro.janitor=off -- '$cache->set("key", "value") || exit(1);
    for ($i = 0; $i < 1000; $i++) { $cache->set("short $i", $i, 0.2) || exit(1); }'
check 'another one reads' \
  php_with -d nitro.janitor=off -- 'exit($cache->get("key") === "value" ? 0 : 1);'
check 'getStats() says that there is none' \
  php_with -d nitro.janitor=off -- 'exit($cache->getStats()["janitor_pid"] === 0 ? 0 : 1);'
check 'nitroctl says so too' statistic_is janitor_pid 0
sleep 2
check 'no process was started' there_are_janitors 0
check 'expired entries wait for somebody to tidy' test "$(statistic entries)" -gt 1
check 'but nobody gets them' \
  php_with -d nitro.janitor=off -- 'exit($cache->has("short 1") ? 1 : 0);'

new_cache missing
check 'with a janitor that cannot be started everything works' \
  php_with -d nitro.janitor_path=/nonexistent/nitroctl -- \
  '$cache->set("key", 1) || exit(1); exit($cache->get("key") === 1 ? 0 : 1);'
