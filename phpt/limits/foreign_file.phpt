--TEST--
Something else under the name of a cache is refused and left alone
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
$fetch = 'try { var_dump((new NitroCache(4, $name))->get("key")); } catch (NitroCacheException $e) {
    echo get_class($e), ": ", $e->getMessage(), "\n"; }';

foreach (['nonsense', str_repeat("\0\xff", 3 << 20)] as $content) {
    unlink($file);
    file_put_contents($file, $content);
    chmod($file, 0600);
    echo other_process($fetch);
    var_dump(file_get_contents($file) === $content);
}
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
NitroCacheException: %s
bool(true)
NitroCacheException: %s
bool(true)
