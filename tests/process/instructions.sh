#!/usr/bin/env bash
# How many instructions of the extension itself a get and a set of a 32-byte string take. Unlike the
# time, that does not depend on how busy the machine is; it does on PHP's version and the compiler's, so
# instructions.txt has a line for each of those that were counted: PHP, GCC, what, how many.
#   instructions.sh [--record]
# Fails when there is a line and it is exceeded by more than a tenth. --record writes what is counted
# now; say why it is more in the commit. Builds with assertions are not counted.
. "$(dirname "$0")/processes.bash"

recorded=$process_tests/instructions.txt
gcc=$(strings -a "$NITRO_SO" | sed -n 's/^GCC: (.*) \([0-9]*\)\..*/\1/p' | sort -u | tail -n 1)
few=1000 many=11000

if ! command -v valgrind >/dev/null; then
  skip 'there is no valgrind here'
elif [[ $(nm -D --undefined-only "$NITRO_SO") == *__assert_fail* ]]; then
  skip 'this is a build with assertions'
fi
finish

# count_all WHAT TIMES: of all that nitro.so executes.
count_all() {
  local calls=$scratch/calls
  php=(valgrind --tool=callgrind --callgrind-out-file="$calls" php)
  php_file -d nitro.janitor=off instructions.php "$1" "$2" >"$scratch/output" 2>&1 ||
    { cat "$scratch/output"; return 1; }
  callgrind_annotate --threshold=100 --show-percs=no --auto=no "$calls" |
    awk '/\[.*nitro\.so\]/ { gsub(",", "", $1); sum += $1 } END { print sum + 0 }'
}

# Of one, on average.
count() {
  local of_few of_many
  of_few=$(count_all "$1" "$few") && of_many=$(count_all "$1" "$many") &&
    echo $(((of_many - of_few) / (many - few)))
}

new_cache instructions
for what in get set; do
  counted=$(count "$what")
  check "the instructions of a $what can be counted" test "${counted:-0}" -gt 50
  limit=$(awk -v php="$php_version" -v gcc="$gcc" -v what="$what" \
    '$1 == php && $2 == gcc && $3 == what { print $4 }' "$recorded")
  echo "$what: $counted instructions; recorded for PHP $php_version and GCC $gcc: ${limit:-none}"
  if [ "${1:-}" = --record ]; then
    sed -i "/^$php_version $gcc $what /d" "$recorded"
    echo "$php_version $gcc $what $counted" >>"$recorded"
  elif [ -n "$limit" ]; then
    check "a $what takes no more than a tenth more than recorded (tests/process/instructions.sh --record records)" \
      test "$((counted * 10))" -le "$((limit * 11))"
  else
    skip "nothing is recorded for PHP $php_version and GCC $gcc: tests/process/instructions.sh --record"
  fi
done
finish
