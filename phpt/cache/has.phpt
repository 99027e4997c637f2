--TEST--
has() is true also for null, and counts neither a hit nor a miss
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('null', null);
var_dump($cache->has('null'), $cache->has('missing'));
$stats = $cache->getStats();
var_dump($stats['hits'], $stats['misses']);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(false)
int(0)
int(0)
