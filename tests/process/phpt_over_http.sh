#!/usr/bin/env bash
# The phpt suite with protected memory, over `php -S`: each test is requested twice, so that what a
# request leaves behind, and whatever writes into a value or looks at one after its time, ends the
# server. The tests about settings of whole processes are left out.
#   phpt_over_http.sh [TEST.phpt…]
. "$(dirname "$0")/processes.bash"

cp -r "$process_tests/../../phpt" "$process_tests/../../docs" "$scratch"
suite=("${@/#*phpt\//}")
[ $# -gt 0 ] || suite=(cache codec limits session)
cd "$scratch/phpt" || exit 1
timeout "$longest_life" php -n "$process_tests/php/phpt_over_http.php" "${suite[@]}"
code=$?
check 'every test gives the same both times, and what it should' test "$code" -eq 0
