--TEST--
Usage counts bytes of entries, in three units
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
$empty = $cache->getStats();
var_dump($empty['usage_bytes'], $empty['usage_kb'], $empty['usage_mb']);
$cache->set('key', str_repeat('x', 1_000_000));
$stats = $cache->getStats();
var_dump($stats['usage_bytes'] >= 1_000_000 && $stats['usage_bytes'] < 1_000_200);
var_dump($stats['usage_kb'] === round($stats['usage_bytes'] / 1024, 2));
var_dump($stats['usage_mb'] === round($stats['usage_bytes'] / 1024 / 1024, 4));
$cache->delete('key');
var_dump($cache->getStats()['usage_bytes']);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(0)
float(0)
float(0)
bool(true)
bool(true)
bool(true)
int(0)
