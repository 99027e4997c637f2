--TEST--
nitro.max_pinned bounds how many bytes a request holds in place
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
nitro.max_pinned=250K
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
for ($i = 0; $i < 4; ++$i) {
    $cache->set("key $i", str_repeat((string) $i, 100_000));
}
$held = array_map(fn(int $i) => $cache->get("key $i"), range(0, 3));
var_dump(array_map(fn(string $text) => $text[0] . strlen($text), $held) === ['0100000', '1100000', '2100000', '3100000']);
$stats = $cache->getStats();
var_dump($stats['pins'], $stats['copies']);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
int(2)
int(2)
