--TEST--
clear() removes everything, for other processes too, and leaves no usage
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
for ($i = 0; $i < 1000; ++$i) {
    $cache->set("key $i", str_repeat('v', $i * 3));
}
var_dump($cache->getStats()['entries'], $cache->getStats()['usage_bytes'] > 1_500_000);

echo other_process('var_dump((new NitroCache(name: $name))->clear());');

var_dump($cache->get('key 1'), $cache->getStats()['entries'], $cache->getStats()['usage_bytes']);
var_dump($cache->set('key 1', 'again'), $cache->get('key 1'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(1000)
bool(true)
bool(true)
NULL
int(0)
int(0)
bool(true)
string(5) "again"
