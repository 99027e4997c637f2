--TEST--
A cache whose name was removed is left within a second; all meet in a new one
--EXTENSIONS--
nitro
--SKIPIF--
<?php
if (PHP_OS_FAMILY !== 'Linux') die('skip removes files of /dev/shm');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('old', 'x');
$long = str_repeat('l', 5000);
$cache->set('long', $long);
$held = $cache->get('long');

remove_cache();
echo other_process('(new NitroCache(4, $name))->set("new", "y");');
usleep(1_050_000);
$cache->set('written', 'z');  // looks around
var_dump($cache->get('old'), $cache->get('new'), $cache->get('written'));
var_dump($held === $long);
echo other_process('var_dump((new NitroCache(4, $name))->get("written"));');
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
NULL
string(1) "y"
string(1) "z"
bool(true)
string(1) "z"
