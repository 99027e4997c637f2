--TEST--
A size that can never work is refused, and the argument is named
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

foreach ([0, -1, 0.5, 0.999, NAN, INF, -INF, 1e30, PHP_INT_MAX, 'many'] as $size) {
    show_exception(fn() => new NitroCache($size, cache_name()));
}
var_dump(glob('/dev/shm/nitro.*.' . cache_name() . '.*'));
?>
--EXPECTF--
ValueError: NitroCache::__construct(): Argument #1 ($maxMemoryMb) must be at least 1 (MB), 0 given
ValueError: NitroCache::__construct(): Argument #1 ($maxMemoryMb) must be at least 1 (MB), -1 given
ValueError: NitroCache::__construct(): Argument #1 ($maxMemoryMb) must be at least 1 (MB), 0.5 given
ValueError: NitroCache::__construct(): Argument #1 ($maxMemoryMb) must be at least 1 (MB), 0.999 given
ValueError: NitroCache::__construct(): Argument #1 ($maxMemoryMb) must be a finite number of MB
ValueError: NitroCache::__construct(): Argument #1 ($maxMemoryMb) must be a finite number of MB
ValueError: NitroCache::__construct(): Argument #1 ($maxMemoryMb) must be a finite number of MB
ValueError: NitroCache::__construct(): Argument #1 ($maxMemoryMb) must be at most 4398046511104 (MB), 1.0e+30 given
ValueError: NitroCache::__construct(): Argument #1 ($maxMemoryMb) must be at most 4398046511104 (MB), 9.22337e+18 given
TypeError: NitroCache::__construct(): Argument #1 ($maxMemoryMb) must be of type int|float%S, string given
array(0) {
}
