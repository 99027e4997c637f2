--TEST--
The janitor gives the memory of expired entries back while PHP sleeps
--EXTENSIONS--
nitro
--SKIPIF--
<?php
require __DIR__ . '/../support.inc';
if (nitroctl() === null) die('skip nitro.janitor_path leads to no program');
?>
--INI--
nitro.janitor=auto
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
for ($i = 0; $i < 1000; ++$i) {
    $cache->set("key $i", str_repeat('x', 500), 0.1);
}
var_dump($cache->getStats()['entries']);
var_dump(wait_until(fn() => $cache->getStats()['entries'] === 0));
var_dump($cache->getStats()['usage_bytes'], $cache->getStats()['expired']);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(1000)
bool(true)
int(0)
int(1000)
