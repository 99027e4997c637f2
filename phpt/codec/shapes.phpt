--TEST--
Arrays of every shape and size come back as they were, and can be appended to
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
memory_limit=512M
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/arrays.inc';

/** Levels of an array in its first element, then in 'deep'. */
function nested(int $levels, mixed $bottom): array
{
    for ($array = [$bottom]; --$levels > 0;) {
        $array = $levels % 2 ? [$array, $levels] : ['deep' => $array];
    }
    return $array;
}

$values = awkward_arrays() + [
    'list of 100 000' => range(1, 100_000),
    'list of as many strings' => array_map(fn($i) => "string $i", range(1, 30_000)),
    'map of 30 000' => array_combine(array_map(fn($i) => "key $i", range(1, 30_000)), range(1, 30_000)),
    'large with holes' => array_filter(range(0, 20_000), fn($i) => $i % 7),
    'almost all removed' => array_filter(range(0, 20_000), fn($i) => $i > 19_990),
    'sparse' => [1 => 'a', 1_000_000_000 => 'b', 2 => 'c'],
    'backwards' => array_reverse(range(0, 50), true),
    'many empty ones' => array_fill(0, 5000, []),
    'one array many times' => array_fill(0, 1000, ['the', 'same' => [1, 2, 3]]),
    'one string many times' => array_fill(0, 1000, str_repeat('s', 500)),
    '20 levels' => nested(20, 'bottom'),
    '2000 levels' => nested(2000, 'bottom'),
    '2000 levels to an empty one' => nested(2000, []),
    'string of 100 000' => [str_repeat("\0\x80x", 33_333) => str_repeat("\xff\0", 50_000)],
];
// Sizes around the powers of two to which tables grow.
foreach ([1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65] as $size) {
    $values["list of $size"] = range(1, $size);
    $values["map of $size"] = array_combine(array_map(fn($i) => "k$i", range(1, $size)), range(1, $size));
}

$cache = fresh_cache(32);
foreach ($values as $name => $value) {
    if (!$cache->set($name, $value)) {
        echo "$name: not stored\n";
        continue;
    }
    $found = $cache->get($name);
    if (serialize($found) !== serialize($value)) {
        show_difference($name, serialize($value), serialize($found));
    }
    $expected = outcome(function (array $array) { $array[] = 'appended'; return array_key_last($array); },
        plain_copy($value));
    $actual = outcome(function (array $array) { $array[] = 'appended'; return array_key_last($array); }, $found);
    if ($actual !== $expected) {
        show_difference("$name, appended", $expected, $actual);
    }
    if (count($found) !== count($value) || count($found, COUNT_RECURSIVE) !== count($value, COUNT_RECURSIVE)) {
        echo "$name: counted otherwise\n";
    }
    foreach (array_slice(array_keys($value), -50) as $key) {
        if (!array_key_exists($key, $found)) {
            echo "$name: $key not found\n";
        }
    }
}
echo count($values), " compared\n";

$value = ['max' => 1, PHP_INT_MAX => 2];
$cache->set('largest key', $value);
$found = $cache->get('largest key');
show_exception(function () use ($found) { $found[] = 3; });
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
56 compared
Error: Cannot add element to the array as the next element is already occupied
