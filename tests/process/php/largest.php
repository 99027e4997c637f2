<?php
// The largest value, and those that are larger.
require __DIR__ . '/checks.php';

$cache = new NitroCache();
['largest_value' => $largest, 'max_bytes' => $size] = $cache->getStats();
check('getStats() says how large a value may be', $largest > $size / 20, largest_value: $largest);

/** The hash of what another process gets. */
function seen_elsewhere(string $key): string
{
    $code = '$value = (new NitroCache())->get($argv[1]); echo hash("xxh128", serialize($value));';
    return exec(implode(' ', array_map(escapeshellarg(...), [PHP_BINARY, '-n',
        '-d', 'extension=' . getenv('NITRO_SO'), '-d', 'nitro.janitor=off', '-d', 'memory_limit=-1',
        '-d', 'nitro.name=' . ini_get('nitro.name'), '-r', $code, '--', $key])));
}
function hash_of(mixed $value): string
{
    return hash('xxh128', serialize($value));
}

// --- into a cache full of hot entries: short ones, which are not handed out in place

$hot = intdiv($size, 300);
for ($i = 0; $i < $hot; $i++) {
    $cache->set("hot $i", str_repeat('h', $i % 7 === 0 ? 1500 : 150));
    $cache->get("hot $i");
    $cache->get('hot ' . intdiv($i, 2));
}
foreach (['largest', 'l', '', 'seven77'] as $key) {
    for ($i = 0; $i < $hot; $i++) {
        $cache->get("hot $i");
    }
    $value = str_repeat("$key.", $largest);
    $value = substr($value, 0, $largest);
    $stored = $cache->set($key, $value);
    check("a value of $largest bytes fits into " . ($size >> 20) . ' MB of hot entries', $stored,
        stats: $cache->getStats());
    check('and is what another process gets', seen_elsewhere($key) === hash_of($value));
}

// --- larger than that

foreach ([$largest + 64, 2 * $largest, $size, 2 * $size] as $length) {
    foreach (['before', str_repeat('long before ', 1000)] as $before) {
        $cache->set('too large', $before);
        $stored = $cache->set('too large', str_repeat('x', $length));
        check("a value of $length bytes is refused", $stored === false);
        $seen = seen_elsewhere('too large');
        check('what was there before is gone or whole',
            $seen === hash_of(null) || $seen === hash_of($before), seen: $seen);
        $stored = $cache->set('too large', 'after');
        check('and the key can be used', $stored && $cache->get('too large') === 'after');
    }
}
$strings = array_map(fn(int $i) => str_repeat(chr($i % 256), intdiv($size, 5000)), range(1, 10000));
$stored = $cache->set('too large', $strings);
check('an array that is larger than the cache is refused, too', $stored === false);
check('and a key', $cache->set(str_repeat('k', $size), 1) === false);
check('all that are counted', $cache->getStats()['failed_sets'] === 10, stats: $cache->getStats());

// --- again and again in one process, which reads it, too

$cache->clear();
for ($round = 0; $round < 6; $round++) {
    $value = str_repeat(chr(ord('a') + $round), $largest);
    $stored = $cache->set('largest', $value);
    check('a process can overwrite the largest value, though it has just read it', $stored,
        round: $round, stats: $cache->getStats());
    check('and reads the new one', $cache->get('largest') === $value);
}

// --- between strings that are held here and there, and nothing else

for ($i = 0; $i < intdiv($size, 1000); $i++) {
    $cache->set("filler $i", str_repeat('.', 1000));
    if ($i % intdiv($size, 100000) === 0) {
        $cache->set("held $i", str_repeat('h', 3000));
        $held[] = $cache->get("held $i");
    }
}
$cache->clear();
$longest = 0;
for ($i = 0; $i < 20; $i++) {
    $start = hrtime(true);
    $cache->set("largest $i", str_repeat('x', $largest));
    $longest = max($longest, (hrtime(true) - $start) / 1e6);
}
printf("the longest set between %d held strings took %.1f ms\n", count($held), $longest);
check('whether or not it finds room there, it does not take long', $longest < 500);
