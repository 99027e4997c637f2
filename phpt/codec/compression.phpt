--TEST--
Strings longer than nitro.compress_above are compressed, and come back as they were
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--SKIPIF--
<?php
require __DIR__ . '/../support.inc';
echo has_compression() ? '' : 'skip built without zstd';
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';

/** Bytes that the value takes in the cache. */
function size_of(NitroCache $cache, mixed $value): int
{
    $cache->clear();
    $before = $cache->getStats()['usage_bytes'];
    $cache->set('key', $value) || print("not stored\n");
    return $cache->getStats()['usage_bytes'] - $before;
}

$cache = fresh_cache(16);
$text = '';
for ($i = 0; strlen($text) < 100_000; ++$i) {
    $text .= json_encode(['id' => $i, 'name' => "user $i", 'hash' => md5((string) $i)]);
}
mt_srand(1);
$noise = implode('', array_map(fn() => chr(mt_rand(0, 255)), range(1, 10_000)));

echo "off\n";
var_dump(size_of($cache, $text) > strlen($text));

echo "on\n";
ini_set('nitro.compress_above', '1K');
var_dump(size_of($cache, $text) < strlen($text) * 0.7, $cache->get('key') === $text);
var_dump($cache->getMultiple(['key'])['key'] === $text, $cache->has('key'), $cache->getStats()['pins']);

echo "the limit itself\n";
var_dump(size_of($cache, str_repeat('x', 1024)) > 1024, $cache->get('key') === str_repeat('x', 1024));
var_dump(size_of($cache, str_repeat('x', 1025)) < 200, $cache->get('key') === str_repeat('x', 1025));

echo "what gives too little\n";
var_dump(size_of($cache, $noise) > strlen($noise), $cache->get('key') === $noise);

echo "an eighth\n";
var_dump(size_of($cache, str_repeat("\0", 1800) . $noise) < strlen($noise) + 300);
var_dump(size_of($cache, str_repeat("\0", 1200) . $noise) > strlen($noise) + 1200);

echo "strings in arrays\n";
var_dump(size_of($cache, [$text]) > strlen($text), $cache->get('key') === [$text]);

echo "larger than the cache has room for\n";
$large = str_repeat('0123456789', 2_000_000);
var_dump(strlen($large) > $cache->getStats()['largest_value'], $cache->set('large', $large), $cache->get('large') === $large);

echo "very short\n";
ini_set('nitro.compress_above', '1');
for ($length = 0; $length < 300; ++$length) {
    $short = str_repeat('s', $length);
    $cache->set('key', $short) && $cache->get('key') === $short || print("$length\n");
}

echo "read by others\n";
$cache->set('text', $text);
ini_set('nitro.compress_above', '0');
var_dump($cache->get('text') === $text);
var_dump(other_process('echo md5((new NitroCache(name: $name))->get("text"));') === md5($text));

show_exception(fn() => $cache->increment('text'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
off
bool(true)
on
bool(true)
bool(true)
bool(true)
bool(true)
int(0)
the limit itself
bool(true)
bool(true)
bool(true)
bool(true)
what gives too little
bool(true)
bool(true)
an eighth
bool(true)
bool(true)
strings in arrays
bool(true)
bool(true)
larger than the cache has room for
bool(true)
bool(true)
bool(true)
very short
read by others
bool(true)
bool(true)
NitroCacheException: "text" cannot be counted: it holds a string
