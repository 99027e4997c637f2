--TEST--
A cache file of another user is refused, with the reason
--EXTENSIONS--
nitro
posix
--SKIPIF--
<?php
if (PHP_OS_FAMILY !== 'Linux') die('skip looks into /dev/shm');
if (posix_geteuid() !== 0) die('skip only root can give files away');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$file = '/dev/shm/' . ltrim($cache->getStats()['segment'], '/');
chown($file, 1);
echo other_process('try { new NitroCache(4, $name); } catch (NitroCacheException $e) { echo $e->getMessage(), "\n"; }');
var_dump(fileowner($file));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
%s
int(1)
