--TEST--
nitro.janitor=off starts none
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
$cache->set('key', 'value');
usleep(300_000);
var_dump($cache->get('key'), $cache->getStats()['janitor_pid']);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
string(5) "value"
int(0)
