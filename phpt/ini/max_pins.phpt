--TEST--
nitro.max_pins bounds how many values a request holds in place; the same one counts once
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
nitro.max_pins=2
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
for ($i = 0; $i < 4; ++$i) {
    $cache->set("key $i", [$i]);
}
$held = [];
foreach ([0, 0, 1, 0, 1, 2, 3] as $i) {
    $held[] = $cache->get("key $i");
}
var_dump($held === [[0], [0], [1], [0], [1], [2], [3]]);
$stats = $cache->getStats();
var_dump($stats['pins'], $stats['copies']);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
int(2)
int(2)
