--TEST--
A memory limit that strikes in the middle of get() leaves a cache that works
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

$cache = fresh_cache(32);
$cache->set('large', range(1, 200_000));
$cache->set('many', array_map(fn($i) => str_repeat(chr(65 + $i), 1000), range(0, 20)));

echo other_process('
    $cache = new NitroCache(name: $name);
    register_shutdown_function(function () use ($cache) {
        echo "\nshutdown: ";
        ini_set("memory_limit", "64M");
        var_dump($cache->set("small", 1), $cache->get("small"), count($cache->get("many")));
    });
    $cache->get("large");
    echo "not reached";
', '-d memory_limit=4M -d display_errors=0 -d log_errors=0');

var_dump(count($cache->get('large')), $cache->getStats()['rows_used']);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
shutdown: bool(true)
int(1)
int(21)
int(200000)
int(1)
