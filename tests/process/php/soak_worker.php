<?php
// Uses the cache as applications do, and says after each interval what it saw, as a line of JSON.
//   soak_worker.php SECONDS INTERVALS SEED
require __DIR__ . '/sealed.php';
require __DIR__ . '/histogram.php';

const KEYS = 60_000;
const OPERATIONS_BETWEEN_LOOKS = 20;

[, $seconds, $intervals, $seed] = $argv;
mt_srand((int) $seed);
$cache = new NitroCache();

/** Most keys are asked for seldom, some often. */
function some_key(): string
{
    return 'key ' . (int) (KEYS * (mt_rand() / mt_getrandmax()) ** 3);
}

/** Bytes: many small, few large, one of 2 000 very large. */
function some_length(): int
{
    $length = (int) exp(5 + 1.5 * sqrt(-2 * log((mt_rand() + 1) / (mt_getrandmax() + 1))) * cos(2 * M_PI * mt_rand() / mt_getrandmax()));

    return mt_rand(0, 1999) === 0 ? 500_000 : min(100_000, 200 + $length);
}

/** Bytes that belong to this process alone; the cache does not count. */
function resident(): int
{
    return preg_match('/^RssAnon:\s*(\d+) kB$/m', (string) file_get_contents('/proc/self/status'), $found) === 1 ? 1024 * $found[1] : 0;
}

$start = hrtime(true);
for ($interval = 1; $interval <= $intervals; ++$interval) {
    $report = ['hits' => 0, 'misses' => 0, 'failed' => 0, 'wrong' => 0];
    $get = new Histogram();
    $set = new Histogram();
    $end = $start + (int) ($seconds * 1e9 * $interval / $intervals);
    while (hrtime(true) < $end) {
        for ($i = 0; $i < OPERATIONS_BETWEEN_LOOKS; ++$i) {
            $key = some_key();
            $begin = hrtime(true);
            $value = $cache->get($key);
            $get->note(hrtime(true) - $begin);
            if ($value !== null) {
                ++$report['hits'];
                $report['wrong'] += is_sealed($key, $value) ? 0 : 1;
                continue;
            }
            ++$report['misses'];
            $value = sealed($key, some_length());
            $ttl = mt_rand(0, 3) === 0 ? mt_rand(1, 5000) / 1000 : null;
            $begin = hrtime(true);
            $is_stored = $cache->set($key, $value, $ttl);
            $set->note(hrtime(true) - $begin);
            $report['failed'] += $is_stored ? 0 : 1;
        }
        mt_rand(0, 4) !== 0 || $cache->delete(some_key());
        $cache->increment('counter ' . mt_rand(0, 9));
    }
    unset($value);
    echo json_encode($report + ['memory' => memory_get_usage(), 'resident' => resident(),
        'get' => $get->counts(), 'set' => $set->counts()]), "\n";
}
