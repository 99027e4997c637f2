#!/usr/bin/env bash
# Processes in user namespaces, as in containers without root: with their own number they share the cache
# with those outside; with another number they have one of their own; with the number of somebody else who
# has a cache of that name they get an exception.
# The code in single quotes is PHP; $cache in it is PHP's.
# shellcheck disable=SC2016,SC2034  # how PHP is run is passed by its name
. "$(dirname "$0")/processes.bash"

# nitroctl destroys the caches of one number only.
trap 'clean_up; rm -rf "$scratch" /dev/shm/nitro.*."test-user-namespaces-$$".*' EXIT
new_cache user-namespaces

outside=()
same_number=(unshare --user --map-current-user)
own_pids=("${same_number[@]}" --pid --fork --kill-child)
another_number=(unshare --user --map-user=54321)

# answer_to_one HOW CODE: what PHP prints, run in that way; or what an exception says.
answer_to_one() {
  local -n how=$1
  timeout 30 "${how[@]}" php "${nitro_options[@]}" -d nitro.name="$cache" -d nitro.janitor=off \
    -r "try { \$cache = new NitroCache(); $2 } catch (NitroCacheException \$e) { echo \$e->getMessage(); }"
}
stores() { same "$(answer_to_one "$1" 'echo $cache->set("key", ["of" => "'"$2"'"]) ? "stored" : "not stored";')" stored; }
finds() { same "$(answer_to_one "$1" 'echo $cache->get("key", ["of" => "nobody"])["of"];')" "$2"; }
is_told() { [[ $(answer_to_one "$1" '') == *"$2"* ]]; }

if ! "${own_pids[@]}" true 2>/dev/null || ! "${another_number[@]}" true 2>/dev/null; then
  skip 'user namespaces: none can be had'
  finish
fi

for inside in same_number own_pids; do
  check 'outside a value is stored' stores outside "$inside, outside"
  check "inside, with the same number ($inside), it is found" finds "$inside" "$inside, outside"
  check 'and overwritten' stores "$inside" "$inside, inside"
  check 'which is seen outside' finds outside "$inside, inside"
done
check 'with another number there is another cache' finds another_number nobody
check 'that works' stores another_number 54321
check 'for all who have that number' finds another_number 54321
check 'and is none of those outside' finds outside 'own_pids, inside'
check 'there are two segments' same "$(segments_of "$cache" | wc -l)" 2
check 'verify finds nothing' verify_finds_nothing

STORM_WITHIN="${own_pids[*]}" php_file storm.php "$scratch" "${KILLS:-30}" "${SEED:-0}" || exit 1

nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
if [ "$EUID" -eq 0 ] && [ "$(answer_to_one nobody 'echo "here";')" = here ]; then
  nobody_as_root=("${nobody[@]}" unshare --user --map-root-user)
  check "who has root's number inside only is not let into root's cache" \
    is_told nobody_as_root 'may not be opened by this user: permission denied'
  check 'and root goes on' stores outside root
  "$NITROCTL" destroy --cache "$cache" >/dev/null
  check 'without one he can make it, for himself' stores nobody_as_root nobody
  check 'and root does not use it' is_told outside 'belongs to user 65534, not to user 0'
else
  skip "somebody else's number: it takes root, and files that others may read"
fi
finish
