--TEST--
A walk ends when its cache is left, and begins anew in the next one
--EXTENSIONS--
nitro
--SKIPIF--
<?php
if (PHP_OS_FAMILY !== 'Linux') die('skip removes files of /dev/shm');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
for ($i = 0; $i < 100; ++$i) {
    $cache->set("old $i", $i);
}
$keys = $cache->keys();
$pairs = $cache->getIterator();
var_dump($keys->valid(), $pairs->valid());

remove_cache();
usleep(1_050_000);
$cache->set('new', 'value');  // looks around
var_dump(str_starts_with($keys->current(), 'old'), str_starts_with($pairs->key(), 'old'));
$keys->next();
$pairs->next();
var_dump($keys->valid(), $pairs->valid());
$keys->next();
var_dump($keys->valid(), iterator_to_array($keys), iterator_to_array($pairs));

// From within the loop.
$seen = 0;
foreach ($cache as $key => $value) {
    if (++$seen === 1) {
        remove_cache();
        usleep(1_050_000);
        $cache->set('newer', 'value');
    }
}
var_dump($seen);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
bool(false)
bool(false)
array(1) {
  [0]=>
  string(3) "new"
}
array(1) {
  ["new"]=>
  string(5) "value"
}
int(1)
