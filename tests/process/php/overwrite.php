<?php
// Writes so much that everything in the cache is overwritten several times.
//   overwrite.php TIMES
$cache = new NitroCache();
$to_write = (int) $argv[1] * $cache->getStats()['max_bytes'];
$values = array_map(fn (int $size) => str_repeat('overwritten ', intdiv($size, 12)),
    [50, 1000, 20000, 90000, 300000]);
for ($i = 0; $to_write > 0; $i++) {
    $value = $values[$i % count($values)];
    $cache->set("overwrite $i", $value) || exit(1);
    $to_write -= strlen($value);
}
