--TEST--
delete() and remove() take a key away, and are content if there is none
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->setMultiple(['a' => 1, 'b' => 2, 'c' => 3]);
var_dump($cache->delete('a'), $cache->has('a'));
var_dump($cache->remove('b'), $cache->has('b'));
var_dump($cache->delete('never there'));
var_dump($cache->get('c'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
int(3)
