--TEST--
A sum that does not fit an int throws, and what was there stays
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('most', PHP_INT_MAX);
$cache->set('least', PHP_INT_MIN);
show_exception(fn() => $cache->increment('most'));
show_exception(fn() => $cache->decrement('least'));
show_exception(fn() => $cache->increment('new', PHP_INT_MAX, 1));
show_exception(fn() => $cache->decrement('most', PHP_INT_MIN));
var_dump($cache->get('most') === PHP_INT_MAX, $cache->get('least') === PHP_INT_MIN, $cache->has('new'));
var_dump($cache->decrement('most', PHP_INT_MAX), $cache->increment('least', PHP_INT_MAX));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
NitroCacheException: "most" cannot be counted further: the sum would not fit an int
NitroCacheException: "least" cannot be counted further: the sum would not fit an int
NitroCacheException: "new" cannot be counted further: the sum would not fit an int
ValueError: NitroCache::decrement(): Argument #2 ($by) must be greater than PHP_INT_MIN
bool(true)
bool(true)
bool(false)
int(0)
int(-1)
