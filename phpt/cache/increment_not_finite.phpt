--TEST--
Steps and initial values that are NAN or infinite are refused
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
show_exception(fn() => $cache->increment('key', NAN));
show_exception(fn() => $cache->increment('key', INF));
show_exception(fn() => $cache->decrement('key', -INF));
show_exception(fn() => $cache->increment('key', 1, NAN));
show_exception(fn() => $cache->increment('key', 'one'));
var_dump($cache->has('key'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
ValueError: NitroCache::increment(): Argument #2 ($by) must be a finite number
ValueError: NitroCache::increment(): Argument #2 ($by) must be a finite number
ValueError: NitroCache::decrement(): Argument #2 ($by) must be a finite number
ValueError: NitroCache::increment(): Argument #3 ($initial) must be a finite number
TypeError: NitroCache::increment(): Argument #2 ($by) must be of type int|float, string given
bool(false)
