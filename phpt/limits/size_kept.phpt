--TEST--
An existing cache keeps its size; who asks for another is told once
--EXTENSIONS--
nitro
--SKIPIF--
<?php if (PHP_SAPI !== 'cli') die('skip who is told once is told in the first request only'); ?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(4);
var_dump($cache->getStats()['refused_bytes']);

$again = new NitroCache(8, cache_name());
$again = new NitroCache(8, cache_name());
var_dump($again->getStats()['max_bytes'], $again->getStats()['refused_bytes']);

echo "the same size, and none:\n";
new NitroCache(4, cache_name());
new NitroCache(name: cache_name());

echo "less than a page is no difference:\n";
remove_cache('-page');
new NitroCache(4 - 1 / 1024 / 1024, cache_name('-page'));
new NitroCache(4, cache_name('-page'));

echo "another process:\n";
echo other_process('
    var_dump((new NitroCache(name: $name))->getStats()["refused_bytes"]);
    var_dump((new NitroCache(2, $name))->getStats()["refused_bytes"]);
');
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
remove_cache('-page');
?>
--EXPECTF--
int(0)

Notice: NitroCache::__construct(): Cache "%s" keeps its size of 4 MB; 8 MB were asked for. Run nitroctl destroy --cache %s to let the next process choose anew in %s on line %d
int(4194304)
int(8388608)
the same size, and none:
less than a page is no difference:
another process:
int(0)
%A
Notice: NitroCache::__construct(): Cache "%s" keeps its size of 4 MB; 2 MB were asked for. Run nitroctl destroy --cache %s to let the next process choose anew in %s on line %d
int(2097152)
