--TEST--
foreach goes through keys and values, and count() counts them
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
var_dump(count($cache), iterator_to_array($cache));
$values = [
    'null' => null, 'false' => false, 'true' => true, 'int' => -5, 'float' => 1.5, 'text' => 'text',
    'long' => str_repeat('l', 5000), 'array' => ['of' => ['arrays']], 'object' => new ArrayObject([1]),
    'list of objects' => [new DateTimeZone('UTC')], '12' => 'integer-like', '' => 'nothing',
];
$cache->setMultiple($values);
$cache->set('expired', 1, 0.001);
usleep(20_000);
var_dump(count($cache) === count($values) + 1, count($cache) === $cache->getStats()['entries']);

$left = $values;
foreach ($cache as $key => $value) {
    if (!is_string($key) || $value != $left[$key] || gettype($value) !== gettype($left[$key])) {
        echo "wrong: $key\n";
    }
    unset($left[$key]);
}
var_dump($left);
var_dump($cache instanceof Traversable, $cache instanceof Countable, get_class($cache->getIterator()));
var_dump($cache->getStats()['hits'], $cache->getStats()['misses']);

// All that takes what foreach takes.
$cache->delete('expired');
var_dump($cache->setMultiple($cache), count(iterator_to_array($cache)) === count($values));
var_dump((fn() => yield from $cache)()->valid());
['12' => $integer_like] = iterator_to_array($cache);
var_dump($integer_like);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(0)
array(0) {
}
bool(true)
bool(true)
array(0) {
}
bool(true)
bool(true)
string(13) "NitroIterator"
int(0)
int(0)
bool(true)
bool(true)
bool(true)
string(12) "integer-like"
