--TEST--
getEntry() says what is known of an entry, and leaves it as it is
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
var_dump($cache->getEntry('missing'));
$cache->set('gone', 1, 0.001);
usleep(20_000);
var_dump($cache->getEntry('gone'));

$values = [
    'null' => null, 'true' => true, 'int' => 7, 'float' => 0.5, 'empty' => '', 'string' => 'seven77',
    'long string' => str_repeat('l', 5000), 'array' => [1, 2, 3], 'object' => new ArrayObject([1]),
    'array of objects' => [new ArrayObject([1])], 'no array' => [],
];
foreach ($values as $key => $value) {
    $cache->set($key, $value);
    $entry = $cache->getEntry($key);
    $size = is_array($value) || is_object($value) ? $entry->size > 0 : $entry->size;
    printf("%s: %s %s %s\n", $key, $entry->kind, json_encode($size),
        json_encode($entry->storedSize >= $entry->size + strlen($key)));
}

$before = microtime(true);
$cache->set('soon', 1, 60);
$entry = $cache->getEntry('soon');
var_dump(abs($entry->expires - $before - 60) < 30, round($entry->expires, 3) === $entry->expires);
var_dump($cache->getEntry('int')->expires, $entry->created, $entry->tags);
var_dump($cache->getStats()['hits'], $cache->getStats()['misses']);

$usage = $cache->getStats()['usage_bytes'];
$cache->set('one more', str_repeat('x', 1000));
var_dump($cache->getStats()['usage_bytes'] - $usage === $cache->getEntry('one more')->storedSize);

// It is what it was, whatever becomes of the entry.
$cache->clear();
print_r($entry);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
NULL
NULL
null: null 0 true
true: bool 0 true
int: int 8 true
float: float 8 true
empty: string 0 true
string: string 7 true
long string: string 5000 true
array: array true true
object: object true true
array of objects: array true true
no array: array true true
bool(true)
bool(true)
NULL
NULL
array(0) {
}
int(0)
int(0)
bool(true)
NitroEntry Object
(
    [size] => 8
    [storedSize] => %d
    [kind] => int
    [expires] => %f
    [created] => 
    [tags] => Array
        (
        )

)
