--TEST--
A value that can never fit is not stored, and getStats() says how large one may be
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
$largest = $cache->getStats()['largest_value'];
var_dump($largest > 1_000_000);

$value = str_repeat('x', $largest);
var_dump($cache->set('key', $value), $cache->get('key') === $value);
var_dump($cache->set('12345678', $value . 'x'));

echo "the old value is gone or intact:\n";
$cache->set('key', 'old');
var_dump($cache->set('key', str_repeat('y', 16 << 20)));
var_dump(in_array($cache->get('key'), [null, 'old'], true));
var_dump($cache->getStats()['failed_sets']);
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
bool(false)
the old value is gone or intact:
bool(false)
bool(true)
int(2)
