--TEST--
A request that ends for want of memory while it iterates leaves nothing behind
--EXTENSIONS--
nitro
--SKIPIF--
<?php
if (getenv('USE_ZEND_ALLOC') === '0') die('skip needs the memory limit');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
for ($i = 0; $i < 2000; ++$i) {
    $cache->set("key $i", str_repeat('x', 2000));
}
$output = other_process('
    $cache = new NitroCache(name: $name);
    register_shutdown_function(function () use ($cache) {
        echo count(iterator_to_array($cache->keys("key 1"))), "\n";
    });
    foreach ($cache as $key => $value) {
        $all[] = $value . "copied";
    }
', '-d memory_limit=2M -d display_errors=1');
var_dump(str_contains($output, 'Allowed memory size'), str_ends_with($output, "1111\n"));
var_dump($cache->clear(), count($cache), $cache->getStats()['rows_used']);
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
int(0)
int(1)
