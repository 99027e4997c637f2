#!/usr/bin/env bash
# A request that ends in the middle of a call, by the memory limit, the time limit or exit: PHP jumps
# over what C++ would have cleaned up. The same process serves the next request, which must find
# nothing locked and nothing lost.
. "$(dirname "$0")/processes.bash"

new_cache bailouts
check 'a php -S is there' start_web_server bailouts.php -d nitro.memory=64M -d nitro.janitor=off \
  -d memory_limit=256M

answer_to() {
  # shellcheck disable=SC2016  # PHP's variables
  timeout 20 php -n -r 'echo file_get_contents($argv[1] . urlencode($argv[2]), false,
    stream_context_create(["http" => ["ignore_errors" => true]]));' -- "http://$address/?how=" "$1"
}
answers() { [[ $(answer_to "$1") == *$2* ]]; }

check 'a list and a long string are stored' answers prepare prepared
check 'the next request finds them' same "$(answer_to fine)" fine
for round in 1 2 3; do
  while IFS=: read -r how end; do
    check "round $round: a request ends: $how" answers "$how" "$end"
    check 'the next one works' same "$(answer_to fine)" fine
  done <<'ENDS'
memory in get:Allowed memory size
memory in set:Allowed memory size
time:Maximum execution time
exit in set:ended in __serialize
exit in get:ended in __unserialize
ENDS
done
check 'verify finds nothing' verify_finds_nothing
