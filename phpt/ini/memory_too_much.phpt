--TEST--
A nitro.memory that was set and cannot be had is an exception, not a smaller cache
--EXTENSIONS--
nitro
--SKIPIF--
<?php
if (PHP_OS_FAMILY !== 'Linux') die('skip looks into /dev/shm');
if (disk_total_space('/dev/shm') > (60 << 30)) die('skip needs less than 64 GB of /dev/shm');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

remove_cache();
echo other_process('show(); function show() { global $name; try { new NitroCache(name: $name); echo "made"; }
    catch (NitroCacheException $e) { echo $e->getMessage(); } }', '-d nitro.memory=64G');
echo "\n";
var_dump(glob('/dev/shm/nitro.*.' . cache_name() . '.*'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
The cache asks for 65536.0 MB, but only %f MB can be had (%s).%S
array(0) {
}
