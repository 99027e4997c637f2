--TEST--
increment() and decrement() create from the initial value and count on
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
var_dump($cache->increment('a'), $cache->increment('a'), $cache->increment('a', 10));
var_dump($cache->increment('b', 5, 100), $cache->decrement('b'), $cache->decrement('b', 3));
var_dump($cache->decrement('c'), $cache->decrement('d', 2, 10));
var_dump($cache->get('a'), $cache->get('b'));

echo "floats:\n";
var_dump($cache->increment('a', 0.5), $cache->get('a'), $cache->increment('a'));
var_dump($cache->increment('e', 1, 0.25), $cache->decrement('e', 0.25));

echo "what set() stored:\n";
$cache->set('f', 41);
var_dump($cache->increment('f'));
$cache->set('f', 1.5);
var_dump($cache->decrement('f'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(1)
int(2)
int(12)
int(105)
int(104)
int(101)
int(-1)
int(8)
int(12)
int(101)
floats:
float(12.5)
float(12.5)
float(13.5)
float(1.25)
float(1)
what set() stored:
int(42)
float(0.5)
