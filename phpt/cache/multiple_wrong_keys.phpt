--TEST--
The methods for several keys refuse keys that are neither strings nor ints
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
show_exception(fn() => $cache->getMultiple([1.5]));
show_exception(fn() => $cache->getMultiple([null]));
show_exception(fn() => $cache->getMultiple([['nested']]));
show_exception(fn() => $cache->getMultiple('key'));
show_exception(fn() => $cache->deleteMultiple([true]));
show_exception(fn() => $cache->deleteMultiple(new ArrayIterator([new stdClass])));
show_exception(fn() => $cache->setMultiple((function () { yield 1.5 => 'x'; })()));
show_exception(fn() => $cache->setMultiple(new stdClass));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
TypeError: NitroCache::getMultiple(): Argument #1 ($keys) must have elements of type string|int, float given
TypeError: NitroCache::getMultiple(): Argument #1 ($keys) must have elements of type string|int, null given
TypeError: NitroCache::getMultiple(): Argument #1 ($keys) must have elements of type string|int, array given
TypeError: NitroCache::getMultiple(): Argument #1 ($keys) must be of type %Sarray, string given
TypeError: NitroCache::deleteMultiple(): Argument #1 ($keys) must have elements of type string|int, %r(bool|true)%r given
TypeError: NitroCache::deleteMultiple(): Argument #1 ($keys) must have elements of type string|int, stdClass given
TypeError: NitroCache::setMultiple(): Argument #1 ($values) must have keys of type string|int, float given
TypeError: NitroCache::setMultiple(): Argument #1 ($values) must be of type %Sarray, stdClass given
