--TEST--
remember() computes by itself where no lock can be had, also if there is an old value
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
$cache = fresh_cache();
$cache->remember('stale', fn () => 'old', 0.05, INF);
$cache->remember('nested', fn () => 'old', 0.05, INF);
usleep(100_000);

echo 'nested: ', $cache->remember('nested', fn () => 'outer ' . $cache->remember('nested', fn () => 'inner')), "\n";

$locks = [];
while ($lock = $cache->lock('lock ' . count($locks), 1000)) {
    $locks[] = $lock;
}
echo count($locks), " locks\n";
echo $cache->remember('stale', fn () => 'new', 10, INF), ' ', $cache->get('stale'), "\n";
echo $cache->remember('absent', fn () => 'new'), ' ', $cache->get('absent'), "\n";

echo "early: ";
$cache->remember('early', function () { usleep(20_000); return 'old'; }, 100, early: 1);
echo $cache->remember('early', fn () => 'new', 100, early: 1e9), ' ';
$locks = [];
echo $cache->remember('early', fn () => 'new', 100, early: 1e9), "\n";
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
nested: outer old
512 locks
new new
new new
early: old new
