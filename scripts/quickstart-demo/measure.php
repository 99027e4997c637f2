<?php
// Time per operation of a plain array, of NitroCache, and of APCu if it is loaded. Argument: the
// cache's name. Warm data and one process, a first impression; scripts/bench is for numbers.

declare(strict_types=1);

require __DIR__ . '/expect.php';

const ROUNDS = 7;
const CALLS = 20_000;

$cache = new NitroCache(name: $argv[1]);
$array = [];

// Each loop is given the number of calls and the value.
$stores = [
    'PHP array' => [
        'get' => static function (int $calls) use (&$array): void {
            for ($i = 0; $i < $calls; ++$i) {
                $found = $array['key'];
            }
        },
        'set' => static function (int $calls, mixed $value) use (&$array): void {
            for ($i = 0; $i < $calls; ++$i) {
                $array['key'] = $value;
            }
        },
    ],
    'NitroCache' => [
        'get' => static function (int $calls) use ($cache): void {
            for ($i = 0; $i < $calls; ++$i) {
                $found = $cache->get('key');
            }
        },
        'set' => static function (int $calls, mixed $value) use ($cache): void {
            for ($i = 0; $i < $calls; ++$i) {
                $cache->set('key', $value);
            }
        },
    ],
];
if (function_exists('apcu_enabled') && apcu_enabled()) {
    $stores['APCu'] = [
        'get' => static function (int $calls): void {
            for ($i = 0; $i < $calls; ++$i) {
                $found = apcu_fetch('key');
            }
        },
        'set' => static function (int $calls, mixed $value): void {
            for ($i = 0; $i < $calls; ++$i) {
                apcu_store('key', $value);
            }
        },
    ];
}

/** Nanoseconds per call in the best of some rounds. */
function bestTime(Closure $loop, mixed $value = null): float
{
    $best = INF;
    for ($round = 0; $round < ROUNDS; ++$round) {
        $start = hrtime(true);
        $loop(CALLS, $value);
        $best = min($best, (hrtime(true) - $start) / CALLS);
    }

    return $best;
}

$loopItself = bestTime(static function (int $calls): void {
    for ($i = 0; $i < $calls; ++$i) {
    }
});

$values = [
    'an integer' => 42,
    'a string of 32 bytes' => str_repeat('s', 32),
    'a string of 100 KB' => str_repeat('l', 100 * 1024),
];

echo '   ', str_pad('nanoseconds per', 28);
foreach (array_keys($stores) as $name) {
    echo str_pad($name, 12, ' ', STR_PAD_LEFT);
}
echo "\n";
foreach ($values as $what => $value) {
    // First set, so that get finds it.
    foreach (['set', 'get'] as $operation) {
        echo '   ', str_pad("$operation of $what", 28);
        foreach ($stores as $loops) {
            $time = bestTime($loops[$operation], $value) - $loopItself;
            echo str_pad(number_format(max(0.0, $time)), 12, ' ', STR_PAD_LEFT);
        }
        echo "\n";
    }
    expect($cache->get('key') === $value, "$what comes back as it was stored");
}
