--TEST--
The internal pointer of a fetched array is its holder's own, and begins at the first element
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/arrays.inc';

$steps = [
    'current, key' => fn(array $array) => [current($array), key($array)],
    'next' => fn(array $array) => [next($array), key($array), next($array), key($array), $array],
    'prev' => fn(array $array) => [prev($array), key($array), next($array), $array],
    'end' => fn(array $array) => [end($array), key($array), prev($array), key($array), next($array)],
    'reset' => fn(array $array) => [end($array), reset($array), key($array)],
    'walked by hand' => function (array $array): array {
        for ($seen = []; key($array) !== null; next($array)) {
            $seen[] = [key($array), current($array)];
        }
        return $seen;
    },
    'walked backwards' => function (array $array): array {
        $seen = [];
        for (end($array); key($array) !== null; prev($array)) {
            $seen[] = key($array);
        }
        return $seen;
    },
    'a copy has a pointer of its own' => function (array $array): array {
        next($array);
        $copy = $array;
        next($copy);
        return [key($array), key($copy)];
    },
    'unset under the pointer' => function (array $array): array {
        next($array);
        unset($array[key($array)]);
        return [key($array), current($array), $array];
    },
    'of an inner array' => function (array $array): array {
        if (!isset($array['x'])) {
            return [];
        }
        return [next($array['x']), key($array['x']), key($array), end($array['x']), $array];
    },
];

$cache = fresh_cache(16);
compare_steps($cache, awkward_arrays(), $steps);

// What the storing array points to is not stored.
$array = ['a' => 1, 'b' => 2, 'inner' => [1, 2, 3]];
end($array);
next($array['inner']);
$cache->set('moved', $array);
$found = $cache->get('moved');
var_dump(key($found), key($found['inner']));

// Nor does one holder move the pointer of another.
next($found);
$again = $cache->get('moved');
var_dump(key($found), key($again));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
all compared, 0 differences
string(1) "a"
int(0)
string(1) "b"
string(1) "a"
