--TEST--
The first use starts a janitor, and the next use another when it was killed
--EXTENSIONS--
nitro
posix
pcntl
--SKIPIF--
<?php
require __DIR__ . '/../support.inc';
if (nitroctl() === null) die('skip nitro.janitor_path leads to no program');
if (PHP_OS_FAMILY !== 'Linux') die('skip looks into /dev/shm');
?>
--INI--
nitro.janitor=auto
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
var_dump(wait_until(fn() => $cache->getStats()['janitor_pid'] > 0));
$first = $cache->getStats()['janitor_pid'];

// 0 would be all of us.
$first > 0 && posix_kill($first, SIGKILL);
var_dump(wait_until(fn() => !in_array($cache->getStats()['janitor_pid'], [0, $first], true)));

echo "its heart beats:\n";
$beat = $cache->getStats()['janitor_heartbeat'];
var_dump(abs($beat - time()) < 30, wait_until(fn() => $cache->getStats()['janitor_heartbeat'] > $beat));

echo "it leaves when the cache is gone:\n";
$second = $cache->getStats()['janitor_pid'];
remove_cache();
var_dump(wait_until(fn() => !posix_kill($second, 0)));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(true)
its heart beats:
bool(true)
bool(true)
it leaves when the cache is gone:
bool(true)
