--TEST--
A cache of the smallest size works
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

remove_cache();
$cache = new NitroCache(1, cache_name());
var_dump($cache->getStats()['max_bytes']);
for ($i = 0; $i < 20_000; ++$i) {
    if (!$cache->set("key $i", str_repeat('x', $i % 1000))) {
        echo "key $i was not stored\n";
    }
}
var_dump(strlen($cache->get('key 19999')), $cache->getStats()['evictions'] > 0);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(1048576)
int(999)
bool(true)
