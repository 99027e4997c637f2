--TEST--
setMultiple() stops at what cannot be serialized; what came before is stored
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('closure', 'old');
show_exception(fn() => $cache->setMultiple(['first' => 1, 'closure' => fn() => 1, 'last' => 3]));
var_dump($cache->getMultiple(['first', 'closure', 'last']));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
NitroCacheException: An object of class Closure cannot be stored: value
array(3) {
  ["first"]=>
  int(1)
  ["closure"]=>
  string(3) "old"
  ["last"]=>
  NULL
}
