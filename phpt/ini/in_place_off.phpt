--TEST--
Without nitro.in_place everything is copied, and the same
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
nitro.in_place=0
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
$values = ['list' => range(1, 1000), 'long' => str_repeat('l', 100_000), 'shared' => [$h = range(0, 50), $h, ['k' => $h]],
    'objects' => [new ArrayObject([1]), (object) ['a' => [1, 2]]]];
foreach ($values as $key => $value) {
    $cache->set($key, $value);
    var_dump($cache->get($key) == $value);
}
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
bool(true)
bool(true)
bool(true)
int(0)
int(4)
