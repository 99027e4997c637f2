--TEST--
setMultiple() stores what it can, and is false if something does not fit
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$too_large = str_repeat('x', $cache->getStats()['max_bytes']);
var_dump($cache->setMultiple(['first' => 1, 'too large' => $too_large, 'last' => 3]));
var_dump($cache->getMultiple(['first', 'too large', 'last']));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(false)
array(3) {
  ["first"]=>
  int(1)
  ["too large"]=>
  NULL
  ["last"]=>
  int(3)
}
