--TEST--
A cache that others could read or write is refused, with the reason
--EXTENSIONS--
nitro
--SKIPIF--
<?php
if (PHP_OS_FAMILY !== 'Linux') die('skip looks into /dev/shm');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$file = '/dev/shm/' . ltrim($cache->getStats()['segment'], '/');
chmod($file, 0644);
echo other_process('try { new NitroCache(4, $name); } catch (NitroCacheException $e) { echo $e->getMessage(), "\n"; }');
chmod($file, 0600);
echo other_process('var_dump((new NitroCache(4, $name))->set("key", 1));');
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
%s0644%s
bool(true)
