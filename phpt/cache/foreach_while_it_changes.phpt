--TEST--
What is there all the time comes once, whatever the loop does to the cache
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
for ($i = 0; $i < 1000; ++$i) {
    $cache->set("stays $i", $i);
    $cache->set("goes $i", $i);
}

$times = array_fill(0, 1000, 0);
$step = 0;
foreach ($cache as $key => $value) {
    if (sscanf($key, 'stays %d', $number) === 1) {
        ++$times[$number];
    }
    $cache->set('stays ' . $step * 7 % 1000, str_repeat('x', $step % 3000));
    $cache->delete("goes $step");
    $cache->set("comes $step", $step);
    if (++$step === 10_000) {
        break;  // what comes does not make it endless
    }
}
var_dump($step < 10_000, array_unique($times), $cache->getStats()['evictions']);

// Nobody comes to what went before.
foreach ($cache->keys() as $key) {
    $cache->clear();
    echo "one\n";
}
$cache->set('key', 'old');
foreach ($cache as $key => $value) {
    $cache->set('key', 'new');
    var_dump($value);
}

// Everything is evicted in the middle.
for ($i = 0; $i < 100; ++$i) {
    $cache->set("cold $i", $i);
}
$seen = 0;
foreach ($cache->keys('cold') as $key) {
    for ($i = 0; $seen === 0 && $i < 3000; ++$i) {
        $cache->set("flood $i", str_repeat('f', 40_000));
    }
    ++$seen;
}
var_dump($seen < 100, $cache->getStats()['evictions'] >= 99);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
array(1) {
  [0]=>
  int(1)
}
int(0)
one
string(3) "old"
bool(true)
bool(true)
