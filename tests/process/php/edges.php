<?php
// Keys and values at the edges of what is possible.
require __DIR__ . '/checks.php';

$cache = new NitroCache();
['largest_value' => $largest, 'max_bytes' => $size] = $cache->getStats();

// --- keys

$long = $size >= 8 << 20 ? 65536 : 8192;  // what fits several times
$keys = [
    'an empty key' => '',
    'a NUL' => "\0",
    'two NULs' => "\0\0",
    'a NUL at the end' => "key\0",
    'the same without' => 'key',
    'a NUL in the middle' => "k\0ey",
    'all bytes' => implode(array_map(chr(...), range(0, 255))),
    'no UTF-8' => "\xff\xfe",
    'a number' => '42',
    'the same with a space' => ' 42',
    "$long bytes" => str_repeat('k', $long),
    "$long bytes with another last one" => str_repeat('k', $long - 1) . 'l',
    "$long NULs" => str_repeat("\0", $long),
];
foreach ($keys as $what => $key) {
    $cache->set($key, "value of $what") || check("a key that is $what is stored", false);
}
foreach ($keys as $what => $key) {
    $seen = $cache->get($key);
    check("a key that is $what leads to its value", $seen === "value of $what", seen: $seen);
}
$seen = $cache->getMultiple(array_values($keys));
check('getMultiple finds them all', count($seen) === count($keys) && !in_array(null, $seen, true));
foreach ($keys as $what => $key) {
    $cache->delete($key);
    $cache->has($key) && check("a key that is $what is gone when it was deleted", false);
    $cache->increment($key, 2) === 2 || check("a key that is $what can be counted", false);
    $cache->delete($key);
}

// --- values

$values = [
    'an empty string' => '',
    'a NUL' => "\0",
    'NULs around' => "\0value\0",
    'all bytes' => implode(array_map(chr(...), range(0, 255))),
    '3 KB of NULs' => str_repeat("\0", 3000),
    'as much as fits' => random_bytes($largest),
    'a number as a string' => '42',
    'zero as a string' => '0',
    'null' => null, 'false' => false, 'true' => true, 'zero' => 0, 'the least int' => PHP_INT_MIN,
    'the greatest int' => PHP_INT_MAX, 'minus zero' => -0.0, 'a tiny float' => 5e-324, 'INF' => INF,
    'an empty array' => [], 'NULs in an array' => ["\0" => "\0\0", '' => ''],
];
// Lengths at which a string begins to be stored in another way, or to take up another unit of room.
$lengths = [1, 7, 8, 9, 15, 16, 17, 2046, 2047, 2048, 2049, 8191, 8192, 8193];
if ($size >= 8 << 20) {
    // In a smaller one they need not find room between those that this request holds.
    array_push($lengths, 32767, 65536);
}
foreach ($lengths as $length) {
    $values["$length bytes"] = random_bytes($length);
}
foreach ($values as $what => $value) {
    $cache->set('value', $value) || check("$what is stored", false);
    $seen = $cache->get('value', 'none');
    check("$what comes back", $seen === $value && var_export($seen, true) === var_export($value, true),
        seen: $seen);
    $cache->has('value') || check("$what is there", false);
}
