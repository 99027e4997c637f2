#!/usr/bin/env bash
# Every benchmark program for a moment, so that none of them breaks unseen: it has to end well, and give
# a figure for everything. Which one does not matter here.
. "$(dirname "$0")/processes.bash"

programs=$(dirname "$NITROCTL")
repository=$process_tests/../..
longest=60

if [ ! -x "$programs/eviction" ]; then
  skip 'the target "benchmarks" of the preset release was not built'
  finish
fi

# briefly NAME COMMAND…: what it prints goes to $scratch/NAME.
briefly() {
  local output=$scratch/$1
  shift
  # shellcheck disable=SC2016  # those of the inner shell, whose process becomes the command's
  timeout "$longest" sh -c 'echo $$ >"$0"; exec "$@"' "$scratch/pid" "$@" >"$output" 2>&1 && return
  tail -n 20 "$output"
  return 1
}
leaves_nothing() { nothing_is_left_of "bench-$(cat "$scratch/pid")-*"; }
differ() { ! cmp -s "$@"; }
figures() { php -n "$process_tests/php/figures.php" "$@"; }

if [ -x "$programs/micro" ]; then
  check 'micro runs' briefly micro.txt "$programs/micro" --benchmark_min_time=0.0001 \
    --benchmark_out="$scratch/micro.json" --benchmark_out_format=json
  check 'and leaves nothing in shared memory' leaves_nothing
  "$programs/micro" --benchmark_list_tests >"$scratch/operations"
  check 'it measures all operations' figures micro "$scratch/micro.json" "$scratch/operations"
else
  skip 'micro was not built: there is no Google Benchmark (Debian: libbenchmark-dev)'
fi

check 'eviction runs' briefly eviction.txt "$programs/eviction" --trace loop --fraction 0.1 \
  --json "$scratch/eviction.json"
check 'and leaves nothing in shared memory' leaves_nothing
check 'all policies hit' figures eviction "$scratch/eviction.json"

for run in brief growth; do
  option=
  [ "$run" = brief ] || option=--growth
  check "bench/php/main.php runs: $run" briefly "$run.txt" php -n "$repository/bench/php/main.php" \
    --brief $option --json "$scratch/$run.json"
  check 'and leaves nothing in shared memory' leaves_nothing
done
runs=("$scratch/brief.json" "$scratch/growth.json")
if grep -h 'were not measured' "$scratch/brief.txt"; then
  skip 'there are fewer tables for that reason'
else
  check 'they have every table of the documentation' figures complete "$repository/docs/benchmarks.md" "${runs[@]}"
fi
check 'their figures are numbers that can be' figures tables "${runs[@]}"

# They write beside themselves.
mkdir "$scratch/bench" "$scratch/docs"
cp "$repository"/bench/*.py "$scratch/bench"
cp "$repository/docs/benchmarks.md" "$scratch/docs"
cp "$repository/README.md" "$scratch"
if [ -x /usr/bin/python3 ]; then
  check 'report.py writes the tables' briefly report.txt "$scratch/bench/report.py" "${runs[@]}"
  check 'into the documentation' differ "$scratch/docs/benchmarks.md" "$repository/docs/benchmarks.md"
  cp "$scratch/docs/benchmarks.md" "$scratch/before.md"
  check 'and the one of hit ratios' briefly hits.txt "$scratch/bench/report.py" --eviction "$scratch/eviction.json"
  check 'there, too' differ "$scratch/docs/benchmarks.md" "$scratch/before.md"
else
  skip 'there is no python3 for report.py'
fi
if /usr/bin/python3 -c 'import matplotlib' 2>/dev/null; then
  check 'plot.py draws the plots' briefly plot.txt "$scratch/bench/plot.py" "${runs[@]}"
  [ "$skipped" = yes ] ||
    check 'all of them' same "$(ls "$scratch/docs/benchmarks")" "$(ls "$repository/docs/benchmarks")"
else
  skip 'there is no matplotlib for plot.py (Debian: python3-matplotlib)'
fi

finish
