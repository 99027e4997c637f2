--TEST--
Long strings are handed out where they lie, and stay what they are
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--SKIPIF--
<?php
if (!ini_get('nitro.in_place')) die('skip everything is copied');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
$original = str_repeat('0123456789', 10_000);
$cache->set('long', $original);

$memory = memory_get_usage();
$first = $cache->get('long');
$second = $cache->get('long');
var_dump(memory_get_usage() - $memory < 1000);
var_dump($cache->getStats()['pins'] > 0);

echo "gone from the cache, still here:\n";
$cache->set('long', 'short');
$cache->delete('long');
$cache->clear();
for ($i = 0; $i < 500; ++$i) {
    $cache->set("flood $i", str_repeat(chr($i % 256), 100_000));
}
var_dump($first === $original, $second === $original);

echo "changing a copy changes nothing else:\n";
$cache->set('long', $original);
$changed = $cache->get('long');
$changed[0] = 'X';
$changed .= 'Y';
var_dump($cache->get('long') === $original, $changed[0], strlen($changed));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(true)
gone from the cache, still here:
bool(true)
bool(true)
changing a copy changes nothing else:
bool(true)
string(1) "X"
int(100001)
