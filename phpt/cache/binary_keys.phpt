--TEST--
Keys are any bytes: empty, with NUL, 64 KB long, not UTF-8, number-like
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$keys = [
    '',
    "\0",
    "\0\0",
    "a\0b",
    "a\0c",
    'a',
    '0',
    '00',
    "\xff\xfe",
    str_repeat('k', 65_536),
    str_repeat('k', 65_535) . 'K',
];

$cache = fresh_cache();
foreach ($keys as $number => $key) {
    if (!$cache->set($key, $number)) {
        echo "key $number: not stored\n";
    }
}
foreach ($keys as $number => $key) {
    if ($cache->get($key) !== $number || !$cache->has($key)) {
        echo "key $number: not found\n";
    }
}
foreach ($keys as $key) {
    $cache->delete($key);
}
var_dump($cache->getStats()['entries']);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(0)
