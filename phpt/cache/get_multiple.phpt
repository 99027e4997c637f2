--TEST--
getMultiple() gives an array by key, with the default for what is missing
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->setMultiple(['a' => 1, 'null' => null, '7' => 'seven']);
var_dump($cache->getMultiple(['null', 'missing', 'a'], 'default'));
var_dump($cache->getMultiple([7, '7']));
var_dump($cache->getMultiple([]));

function keys() {
    yield 'a';
    yield 'missing';
}
var_dump($cache->getMultiple(keys()));
var_dump($cache->getMultiple(new ArrayIterator(['a'])));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
array(3) {
  ["null"]=>
  NULL
  ["missing"]=>
  string(7) "default"
  ["a"]=>
  int(1)
}
array(1) {
  [7]=>
  string(5) "seven"
}
array(0) {
}
array(2) {
  ["a"]=>
  int(1)
  ["missing"]=>
  NULL
}
array(1) {
  ["a"]=>
  int(1)
}
