--TEST--
nitro.name is the name without an argument, also when it changes
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

remove_cache('-a');
remove_cache('-b');
ini_set('nitro.name', cache_name('-a'));
$a = new NitroCache(4);
ini_set('nitro.name', cache_name('-b'));
$b = new NitroCache(4);
$a->set('key', 'a');
$b->set('key', 'b');
var_dump($a->get('key'), $b->get('key'), (new NitroCache(name: cache_name('-a')))->get('key'));
var_dump($a->getStats()['name'] === cache_name('-a'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
remove_cache('-a');
remove_cache('-b');
?>
--EXPECT--
string(1) "a"
string(1) "b"
string(1) "a"
bool(true)
