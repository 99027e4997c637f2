<?php
// How long a large value holds up another process, when everything in the cache is hot.
//   delay.php CACHE_MB                 stores the large values, and starts the other process:
//   delay.php CACHE_MB other           reads and writes, and measures each operation
require __DIR__ . '/checks.php';

const ENTRY_BYTES = 1000;
const LARGE_BYTES = 5 << 20;
const LARGE_SETS = 20;
const SECONDS = 2;
const DELAY_NS = 100_000_000;  // what is taken for being held up …
const DELAYS = LARGE_SETS / 4;  // … and how often a busy machine may do that: one that holds up does it at each set

$cache = new NitroCache();
// Three quarters of the memory.
$entries = intdiv(((int) $argv[1] << 20) * 3, (ENTRY_BYTES + 60) * 4);

if (($argv[2] ?? '') === 'other') {
    $value = str_repeat('v', ENTRY_BYTES);
    $longest = [];
    while (($line = fgets(STDIN)) !== false) {
        // Keeps everything hot, and is what is measured: for so long.
        $longest['get'] = $longest['set'] = $operations = $delays = 0;
        for ($end = hrtime(true) + SECONDS * 1e9; ($now = hrtime(true)) < $end;) {
            $key = 'hot ' . mt_rand(0, $entries - 1);
            $start = hrtime(true);
            $cache->get($key);
            $middle = hrtime(true);
            if ($operations++ % 4 === 0) {
                $cache->set($key, $value);
                $longest['set'] = max($longest['set'], $set = hrtime(true) - $middle);
                $delays += (int) ($set >= DELAY_NS);
            }
            $longest['get'] = max($longest['get'], $get = $middle - $start);
            $delays += (int) ($get >= DELAY_NS);
        }
        echo json_encode(['operations' => $operations, 'get' => $longest['get'] / 1e6,
            'set' => $longest['set'] / 1e6, 'delays' => $delays]), "\n";
    }
    exit(0);
}

for ($i = 0; $i < $entries; $i++) {
    $cache->set("hot $i", str_repeat('h', ENTRY_BYTES)) || check('an entry is stored', false);
}
for ($i = 0; $i < $entries; $i++) {
    $cache->get("hot $i");
}
check('a value of several MB may be stored', $cache->getStats()['largest_value'] >= LARGE_BYTES,
    stats: $cache->getStats());

$other = proc_open([PHP_BINARY, '-n', '-d', 'extension=' . getenv('NITRO_SO'), '-d', 'nitro.janitor=off',
    '-d', 'nitro.name=' . ini_get('nitro.name'), __FILE__, $argv[1], 'other'],
    [['pipe', 'r'], ['pipe', 'w']], $pipes);
$value = str_repeat('L', LARGE_BYTES);
foreach (['nothing else' => 0, 'large values' => LARGE_SETS] as $meanwhile => $sets) {
    fwrite($pipes[0], "go on\n");
    $longest_set = 0;
    $stored = 0;
    for ($i = 0; $i < $sets; $i++) {
        usleep(intdiv(SECONDS * 1000000, $sets + 1));
        $start = hrtime(true);
        $stored += (int) $cache->set("large $i", $value);
        $longest_set = max($longest_set, (hrtime(true) - $start) / 1e6);
    }
    $seen = json_decode((string) fgets($pipes[1]), true);
    printf("while there was %s, another process did %d reads; the longest took %.2f ms, the longest write %.2f ms\n",
        $meanwhile, $seen['operations'], $seen['get'], $seen['set']);
    check('it did work', $seen['operations'] > 1000);
}
printf("the longest set of %d MB took %.1f ms\n", LARGE_BYTES >> 20, $longest_set);
check('all large values were stored', $stored === LARGE_SETS, stored: $stored, stats: $cache->getStats());
check('they held up nobody', $seen['delays'] < DELAYS, seen: $seen);
proc_terminate($other);
