--TEST--
More memory than there is is an exception with both numbers, and nothing is left behind
--EXTENSIONS--
nitro
--SKIPIF--
<?php
if (PHP_OS_FAMILY !== 'Linux') die('skip looks into /dev/shm');
if (disk_total_space('/dev/shm') > (55 << 30)) die('skip needs less than 60000 MB of /dev/shm');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

remove_cache();
show_exception(fn() => new NitroCache(60_000, cache_name()));
show_exception(fn() => new NitroCache(1_000_000_000, cache_name()));
var_dump(glob('/dev/shm/nitro.*.' . cache_name() . '.*'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
NitroCacheException: The cache asks for 60000.0 MB, but only %f MB can be had (%s).%S
NitroCacheException: %s1048576000000000%s
array(0) {
}
