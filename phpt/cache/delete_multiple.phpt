--TEST--
deleteMultiple() removes each key of an array or a Traversable
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->setMultiple(['a' => 1, 'b' => 2, 7 => 3, 'd' => 4]);
var_dump($cache->deleteMultiple(['a', 7, 'never there']));
var_dump($cache->deleteMultiple((function () { yield 'b'; })()));
var_dump($cache->getMultiple(['a', 'b', 7, 'd']));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(true)
array(4) {
  ["a"]=>
  NULL
  ["b"]=>
  NULL
  [7]=>
  NULL
  ["d"]=>
  int(4)
}
