<?php
// Do two processes that read at once lose anything to each other? How fast they are together, by how
// fast one of them is alone; and that divided by the same quotient of two processes that read PHP
// arrays of their own, in the same run: what the machine costs any two busy cores is in both.
// scripts/compare runs this with the right extensions and settings.

declare(strict_types=1);

require __DIR__ . '/support/command_line.php';
require __DIR__ . '/support/environment.php';
require __DIR__ . '/support/reader_process.php';

const HELP = <<<'TEXT'
    Usage: scripts/compare [--quick] [--check]

    For two processes that read at once: (reads of both ÷ reads of one alone), and that divided by the
    same quotient for PHP arrays; medians of some rounds.

      --quick   fewer and shorter rounds
      --check   exit code 1 if NitroCache is under the limit

    TEXT;

const LIMIT = 0.95;
const ARRAY_NAME = 'PHP array';
const NITRO = 'NitroCache';
const APCU = 'APCu';

/** @return array<string, array{list<string>, list<string>}> what each of the two reads, by title */
function whatTheTwoRead(): array
{
    $keys = static fn (string $prefix) => array_map(static fn (int $number) => "$prefix:$number", range(1, 1000));

    return [
        'the same key' => [['hot'], ['hot']],
        '1000 keys each, the same' => [$keys('a'), $keys('a')],
        '1000 keys each, different ones' => [$keys('a'), $keys('b')],
    ];
}

/** @return array<string, Store> */
function openStores(string $cache): array
{
    $stores = [ARRAY_NAME => new ArrayStore(), NITRO => new NitroStore(new NitroCache(name: $cache))];
    if (hasApcu()) {
        $stores[APCU] = new ApcuStore();
    }
    foreach ($stores as $store) {
        foreach (array_unique(array_merge(...array_merge(...array_values(whatTheTwoRead())))) as $key) {
            $store->put($key, str_repeat('v', 32));
        }
    }

    return $stores;
}

/**
 * How many times as fast as one alone the two are together.
 *
 * @param list<ReaderProcess> $readers
 * @param list<list<string>> $keys of each
 */
function speedup(string $store, array $readers, array $keys): float
{
    $pairs = array_map(null, $readers, $keys);
    $alone = 0.0;
    foreach ($pairs as $pair) {
        $alone += array_sum(ReaderProcess::race([$pair], $store)) / count($pairs);
    }

    return array_sum(ReaderProcess::race($pairs, $store)) / $alone;
}

/**
 * @param list<ReaderProcess> $readers
 * @param list<list<string>> $keys of each
 * @param list<string> $stores
 *
 * @return array<string, list<float>> speed-ups by store, one of each round
 */
function speedups(array $stores, array $readers, array $keys, int $rounds): array
{
    $speedups = [];
    for ($round = 0; $round < $rounds; ++$round) {
        foreach ($stores as $store) {
            $speedups[$store][] = speedup($store, $readers, $keys);
        }
    }

    return $speedups;
}

$flags = flagsOf($argv, ['quick', 'check'], HELP);
if (!function_exists('pcntl_fork')) {
    giveUp('The two processes are made with pcntl_fork(), which this PHP does not have.');
}
$rounds = $flags['quick'] ? 9 : 101;

// Before this process has a cache, so that they attach to it as any other process would. (APCu is
// different: its memory is the parent's, and they can use it since they are its children.)
$name = temporaryCacheName();
$readers = [];
foreach ([1, 2] as $number) {
    $readers[] = ReaderProcess::start(static fn () => openStores($name));
}
makeTemporaryCache($name);
$stores = hasApcu() ? [ARRAY_NAME, NITRO, APCU] : [ARRAY_NAME, NITRO];

echo "Two readers at once: (reads of both ÷ reads of one alone), by the same quotient of PHP arrays\n";
$under = [];
foreach (whatTheTwoRead() as $title => $keys) {
    echo "\n$title\n";
    $speedups = speedups($stores, $readers, $keys, $rounds);
    foreach ($speedups as $store => $ofStore) {
        $byArray = median(array_map(static fn (float $a, float $b) => $a / $b, $ofStore, $speedups[ARRAY_NAME]));
        $verdict = '';
        if ($store === NITRO) {
            $verdict = '   ≥ ' . LIMIT . ($byArray >= LIMIT ? ' pass' : ' UNDER');
            if ($byArray < LIMIT) {
                $under[] = $title;
            }
        }
        printf("  %-10s  %4.2f   by the array's: %5.3f%s\n", $store, median($ofStore), $byArray, $verdict);
    }
}

$undisturbed = ReaderProcess::$undisturbed / ReaderProcess::$races;
printf("\nIn %.0f %% of the races each reader had a processor all the time.\n", 100 * $undisturbed);
if ($undisturbed < 0.75) {
    echo "That is too little: the machine is too busy, and the figures say nothing.\n";
}
if ($under !== []) {
    echo 'Under the limit: ', implode('; ', $under), ".\n";
}
exit($flags['check'] && $under !== [] ? 1 : 0);
