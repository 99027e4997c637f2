--TEST--
A TTL of zero or less removes the key, and that is success
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$past = new DateInterval('P1D');
$past->invert = 1;
foreach ([0, -1, 0.0, -0.5, -INF, PHP_INT_MIN, new DateInterval('PT0S'), $past] as $ttl) {
    $cache->set('key', 'value');
    var_dump($cache->set('key', 'other', $ttl) && !$cache->has('key'));
}

$cache->set('key', 'value');
var_dump($cache->setMultiple(['key' => 'other'], 0), $cache->has('key'));
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
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
