--TEST--
A reference is stored as what it leads to
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$value = ['a' => 1];
$reference = &$value;
$cache->set('key', $reference);
$reference['a'] = 2;
var_dump($cache->get('key'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
array(1) {
  ["a"]=>
  int(1)
}
