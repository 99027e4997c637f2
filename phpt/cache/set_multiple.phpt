--TEST--
setMultiple() takes any iterable, and its TTL holds for each entry
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
var_dump($cache->setMultiple(['a' => 1, 7 => 'seven']));
var_dump($cache->getMultiple(['a', '7']));

function pairs() {
    yield 'b' => 2;
    yield 8 => 'eight';
}
var_dump($cache->setMultiple(pairs(), 0.2));
var_dump($cache->getMultiple(['b', '8']));
usleep(220_000);
var_dump($cache->getMultiple(['b', '8', 'a']));

// The values of a by-reference array are those of the moment.
$value = 'before';
$values = ['c' => &$value];
$cache->setMultiple($values);
$value = 'after';
var_dump($cache->get('c'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
array(2) {
  ["a"]=>
  int(1)
  [7]=>
  string(5) "seven"
}
bool(true)
array(2) {
  ["b"]=>
  int(2)
  [8]=>
  string(5) "eight"
}
array(3) {
  ["b"]=>
  NULL
  [8]=>
  NULL
  ["a"]=>
  int(1)
}
string(6) "before"
