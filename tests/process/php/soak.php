<?php
// Starts processes that use the cache for a while, and prints what they report, in ten intervals.
//   soak.php SECONDS [SEED]
require __DIR__ . '/checks.php';
require __DIR__ . '/histogram.php';
require __DIR__ . '/php_command.php';

const PROCESSES = 8;
const INTERVALS = 10;
// The first ones fill the cache.
const WARM_UP = 3;
// What may change between the interval after the warm-up and the last one.
const LEVEL_MEMORY = 1.05;
const LEVEL_RESIDENT = 1.2;
const LEVEL_LATENCY = 10;
// And between the means of so many intervals, since a single one says little: the share in use at one moment
// differs by several hundredths from that at the next, with how many large values there just are.
const AVERAGED = 3;
const LEVEL_HIT_RATIO = 0.06;
const LEVEL_UTILISATION = 0.15;
// Microseconds: whatever it was before. With more processes than processors a wait for one's turn may be in it.
const LOW_LATENCY = 1000;

$seconds = (float) $argv[1];
$seed = (int) ($argv[2] ?? 0) ?: random_int(1, 1 << 30);
echo PROCESSES, ' processes on ', trim((string) shell_exec('nproc')), " processors, $seconds s, seed $seed\n";

$cache = new NitroCache();
$workers = [];
for ($number = 0; $number < PROCESSES; ++$number) {
    $command = php_command('-d', 'memory_limit=64M', __DIR__ . '/soak_worker.php', (string) $seconds,
        (string) INTERVALS, (string) ($seed + $number));
    $workers[] = [proc_open($command, [['null'], ['pipe', 'w']], $pipes), $pipes[1]];
}

/** What all workers report of one interval, as one. */
function gather(array $workers, float $patience): array
{
    $sum = ['hits' => 0, 'misses' => 0, 'failed' => 0, 'wrong' => 0, 'memory' => 0, 'resident' => 0, 'get' => new Histogram(), 'set' => new Histogram()];
    foreach ($workers as [, $pipe]) {
        $readable = [$pipe];
        $none = null;
        $line = stream_select($readable, $none, $none, (int) $patience) > 0 ? (string) fgets($pipe) : '';
        $report = json_decode($line, true);
        is_array($report) || check('a process reports in time', false, said: $line);
        foreach (['hits', 'misses', 'failed', 'wrong', 'memory', 'resident'] as $count) {
            $sum[$count] += $report[$count];
        }
        $sum['get']->add($report['get']);
        $sum['set']->add($report['set']);
    }

    return $sum;
}

$line = "%8s  %10s  %6s  %6s  %9s  %9s  %11s  %25s  %25s\n";
printf($line, 'interval', 'operations', 'hits', 'in use', 'evictions', 'memory KB', 'resident KB', 'get µs: 50 99 99.9 max', 'set µs: 50 99 99.9 max');
$rows = [];
for ($interval = 1; $interval <= INTERVALS; ++$interval) {
    $sum = gather($workers, $seconds / INTERVALS + 30);
    $stats = $cache->getStats();
    $rows[] = [
        'hit_ratio' => $sum['hits'] / max(1, $sum['hits'] + $sum['misses']),
        'utilisation' => $stats['usage_bytes'] / $stats['max_bytes'],
        'evictions' => $stats['evictions'],
    ] + $sum;
    $row = end($rows);
    printf($line, $interval, $sum['get']->count() + $sum['set']->count(), sprintf('%.1f %%', 100 * $row['hit_ratio']),
        sprintf('%.0f %%', 100 * $row['utilisation']), $row['evictions'], intdiv($row['memory'], 1024), intdiv($row['resident'], 1024), $sum['get'], $sum['set']);
}
foreach ($workers as [$process, $pipe]) {
    fclose($pipe);
    proc_close($process);
}

echo "\nHow long one operation takes, of all intervals (with more processes than processors, the time that a process has to\nwait for its turn is in it):\n";
foreach (['get', 'set'] as $operation) {
    $all = new Histogram();
    foreach ($rows as $row) {
        $all->add($row[$operation]->counts());
    }
    echo $operation, "\n", $all->asTable();
}

$first = $rows[WARM_UP];
$last = end($rows);
check('no value was wrong', array_sum(array_column($rows, 'wrong')) === 0, wrong: array_column($rows, 'wrong'));
check('no set failed', array_sum(array_column($rows, 'failed')) === 0, failed: array_column($rows, 'failed'));
check('memory stays level', $last['memory'] <= LEVEL_MEMORY * $first['memory'],
    first: $first['memory'], last: $last['memory']);
check('and so does the resident memory that is not the cache\'s', $first['resident'] > 0 && $last['resident'] <= LEVEL_RESIDENT * $first['resident'],
    first: $first['resident'], last: $last['resident']);
foreach (['hit_ratio' => LEVEL_HIT_RATIO, 'utilisation' => LEVEL_UTILISATION] as $share => $level) {
    $early = array_sum(array_column(array_slice($rows, WARM_UP, AVERAGED), $share)) / AVERAGED;
    $late = array_sum(array_column(array_slice($rows, -AVERAGED), $share)) / AVERAGED;
    check("the $share stays level", abs($late - $early) <= $level, early: $early, late: $late);
}
// Of the best of the last ones, since the machine may have other work for a moment.
$slowest = fn (array $row) => $row['get']->quantile(0.999);
$later = min(array_map($slowest, array_slice($rows, -AVERAGED)));
check('99.9 % of the reads take no longer than in the beginning', $later <= max(LOW_LATENCY, LEVEL_LATENCY * $slowest($first)),
    first: $slowest($first), later: $later);
$stats = $cache->getStats();
check('nobody waited in vain', $stats['lock_timeouts'] === 0 && $stats['refused_calls'] === 0, stats: $stats);
