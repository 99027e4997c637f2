--TEST--
Calling the constructor again leads the object to another cache
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('key', 'value');
remove_cache('-other');
$cache->__construct(4, cache_name('-other'));
var_dump($cache->get('key'));
$cache->__construct(name: cache_name());
var_dump($cache->get('key'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
remove_cache('-other');
?>
--EXPECT--
NULL
string(5) "value"
