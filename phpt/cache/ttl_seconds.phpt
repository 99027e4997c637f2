--TEST--
An entry with a TTL in seconds is there before its deadline and gone after it
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('int', 'x', 1);
$cache->set('float', 'x', 0.3);
$cache->set('long', 'x', 3600);
$cache->set('for ever', 'x', PHP_INT_MAX);
$cache->set('infinite', 'x', INF);
var_dump($cache->has('int'), $cache->has('float'));

usleep(320_000);
echo "after the shorter one:\n";
var_dump($cache->has('int'), $cache->get('float'));

usleep(720_000);
echo "after the longer one:\n";
var_dump($cache->get('int'), $cache->has('int'), $cache->getMultiple(['int', 'long']));
var_dump($cache->has('for ever'), $cache->has('infinite'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(true)
after the shorter one:
bool(true)
NULL
after the longer one:
NULL
bool(false)
array(2) {
  ["int"]=>
  NULL
  ["long"]=>
  string(1) "x"
}
bool(true)
bool(true)
