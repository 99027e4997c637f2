--TEST--
Objects of one name share a cache, those of different names do not
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$same = new NitroCache(name: cache_name());
$cache->set('key', 'value');
var_dump($same->get('key'));

remove_cache('-other');
$other = new NitroCache(4, cache_name('-other'));
var_dump($other->get('key'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
remove_cache('-other');
?>
--EXPECT--
string(5) "value"
NULL
