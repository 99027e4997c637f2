--TEST--
lock() goes on waiting in the new cache when the one in which it waits is destroyed
--EXTENSIONS--
nitro
--SKIPIF--
<?php
require __DIR__ . '/../support.inc';
if (nitroctl() === null) die('skip nitro.janitor_path leads to no program');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$destroy = escapeshellarg(nitroctl()) . ' destroy --cache ' . escapeshellarg(cache_name());
// Holds the lock in the old cache, and in the new one for a moment.
$code = '$old = new NitroCache(name: $name); $lock = $old->lock("job"); $old->set("has it", true); usleep(300_000);'
    . 'exec(' . var_export($destroy, true) . '); $again = $old->lock("job"); usleep(300_000); unset($again); fgets(STDIN);';
$process = proc_open('exec ' . php_command($code), [['pipe', 'r'], ['file', '/dev/null', 'w']], $pipes);
var_dump(wait_until(fn () => $cache->has('has it')));
$lock = $cache->lock('job', waitUpTo: 20);
var_dump($lock?->isHeld());
fclose($pipes[0]);
proc_close($process);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(true)
