--TEST--
Without zstd nitro.compress_above is refused with a remedy, and compressed strings are a miss
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--SKIPIF--
<?php
require __DIR__ . '/../support.inc';
echo PHP_OS_FAMILY !== 'Linux' ? 'skip the segment is no file' : (has_compression() ? 'skip built with zstd' : '');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';

var_dump(ini_set('nitro.compress_above', '10K'), ini_set('nitro.compress_above', '0'));

$cache = fresh_cache();
foreach (['one', 'two'] as $key) {
    $cache->set("key number $key", str_repeat('text', 1000));
    change_stored("key number $key", fn(string $bytes) => $bytes, kind: 9);
    var_dump($cache->get("key number $key", 'missing'));
}
var_dump($cache->set('key number one', 'anew'), $cache->get('key number one'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--

Warning: ini_set(): nitro.compress_above is "10K", but must be 0, since this nitro.so was built without zstd (Debian: install libzstd-dev and build it again); "0" is used instead in %s on line %d
bool(false)
string(1) "0"

Warning: NitroCache::get(): Another process has stored compressed strings, which this one cannot read and takes for missing: its nitro.so was built without zstd (Debian: install libzstd-dev and build it again, or set nitro.compress_above=0 everywhere) in %s on line %d
string(7) "missing"
string(7) "missing"
bool(true)
string(4) "anew"
