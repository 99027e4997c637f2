--TEST--
An iterator by hand: begins by itself, ends once, begins anew
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$empty = $cache->keys();
var_dump($empty->valid(), $empty->current(), $empty->key());
$empty->next();
var_dump($empty->valid());

$cache->set('5', 'five');
$keys = $cache->keys();
var_dump($keys->current(), $keys->key());
$keys->next();
var_dump($keys->valid(), $keys->current(), $keys->key());
$cache->set('6', 'six');
$keys->next();
var_dump($keys->valid());
$keys->rewind();
var_dump($keys->key(), iterator_count($keys), $keys->valid());

$pairs = $cache->getIterator();
$pairs->next();
$pairs->next();
var_dump($pairs->valid());
$pairs->rewind();
var_dump(is_string($pairs->key()), is_string($pairs->current()));

// The cache lives as long as its iterator; two of them do not know each other.
$first = $cache->keys();
$second = $cache->keys();
unset($cache);
$first->next();
$first->next();
var_dump($first->valid(), $second->valid(), count(iterator_to_array($second)));

// In the loop that it drives.
$seen = 0;
foreach ($second as $key) {
    ++$seen;
    $second->next();
}
var_dump($seen);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(false)
NULL
NULL
bool(false)
string(1) "5"
int(0)
bool(false)
NULL
NULL
bool(false)
int(0)
int(2)
bool(false)
bool(false)
bool(true)
bool(true)
bool(false)
bool(true)
int(2)
int(1)
