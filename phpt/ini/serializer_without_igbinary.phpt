--TEST--
Without igbinary nitro.serializer=igbinary is refused with a remedy, and what it has stored is a miss
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--SKIPIF--
<?php
if (PHP_OS_FAMILY !== 'Linux' || extension_loaded('igbinary')) {
    echo 'skip for Linux without igbinary';
}
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';

var_dump(ini_set('nitro.serializer', 'igbinary'), ini_set('nitro.serializer', 'native'));
echo other_process('echo ini_get("nitro.serializer"), PHP_EOL;',
    '-d display_startup_errors=1 -d html_errors=0 -d nitro.serializer=igbinary');

$cache = fresh_cache();
foreach (['one', 'two'] as $key) {
    $cache->set("key number $key", 'what igbinary wrote');
    change_stored("key number $key", fn(string $bytes) => $bytes, kind: 10);
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

Warning: ini_set(): nitro.serializer is "igbinary", but must be native, since the extension igbinary is not loaded (Debian: install php-igbinary); "native" is used instead in %s on line %d
bool(false)
string(6) "native"

Warning: PHP Startup: nitro.serializer is "igbinary", but must be native, since the extension igbinary is not loaded (Debian: install php-igbinary); "native" is used instead in Unknown on line 0
native

Warning: NitroCache::get(): Another process has stored objects by igbinary, which this one cannot read and takes for missing: the extension igbinary is not loaded (Debian: install php-igbinary, or set nitro.serializer=native everywhere) in %s on line %d
string(7) "missing"
string(7) "missing"
bool(true)
string(4) "anew"
