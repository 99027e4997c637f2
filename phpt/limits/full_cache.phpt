--TEST--
When memory is full cold entries go, hot ones stay, and set() goes on
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(8);
for ($i = 0; $i < 100; ++$i) {
    $cache->set("hot $i", str_repeat('h', 200));
}
$flood = str_repeat('c', 1000);
for ($i = 0; $i < 40_000; ++$i) {  // five times the memory
    if (!$cache->set("cold $i", $flood)) {
        echo "cold $i was not stored\n";
    }
    if ($i % 500 === 0) {
        $cache->getMultiple(array_map(fn($i) => "hot $i", range(0, 99)));
    }
}
$hot = array_filter($cache->getMultiple(array_map(fn($i) => "hot $i", range(0, 99))));
var_dump(count($hot), $cache->getStats()['evictions'] > 20_000);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(100)
bool(true)
