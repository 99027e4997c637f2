<?php
// Stores 100 hot keys and reads them while another process writes cold ones, five times the memory
// of the cache; each time a twentieth of the memory was written.
//   hot_set.php VALUE_SIZE
require __DIR__ . '/checks.php';

const HOT_KEYS = 100;
const FLOODS = 5;
const READS_PER_FLOOD = 20;

$size = (int) $argv[1];
$cache = new NitroCache();
$memory = $cache->getStats()['max_bytes'];

$hot = [];
for ($i = 0; $i < HOT_KEYS; $i++) {
    $hot["hot $i"] = str_pad("value of $i", $size, "$i");
    $cache->set("hot $i", $hot["hot $i"]) || check("hot key $i is stored", false);
}

$flood = proc_open(
    [PHP_BINARY, '-n', '-d', 'extension=' . getenv('NITRO_SO'), '-d', 'nitro.janitor=off',
        '-d', 'nitro.name=' . ini_get('nitro.name'), __DIR__ . '/flood.php',
        (string) $size, (string) intdiv($memory, READS_PER_FLOOD)],
    [['pipe', 'r'], ['pipe', 'w']], $pipes);

for ($part = 1; $part <= FLOODS * READS_PER_FLOOD; $part++) {
    fwrite($pipes[0], "go on\n");
    $failed = (int) fgets($pipes[1]);
    $found = 0;
    foreach ($hot as $key => $value) {
        $found += (int) ($cache->get($key) === $value);
    }
    if ($found !== HOT_KEYS) {
        break;
    }
}
fclose($pipes[0]);
check('the other process goes on to the end', proc_close($flood) === 0);

$stats = $cache->getStats();
check(sprintf('%d of %d hot keys of %d bytes survive %.1f × %d MB of cold ones',
    $found, HOT_KEYS, $size, ($part - 1) / READS_PER_FLOOD, $memory >> 20), $found === HOT_KEYS,
    stats: $stats);
check('every cold one was stored', $failed === 0, failed: $failed, stats: $stats);
check('and most had to go', $stats['evictions'] > 3 * $stats['entries'], stats: $stats);
