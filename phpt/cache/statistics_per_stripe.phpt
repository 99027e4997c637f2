--TEST--
getStats(perStripe: true) also says it of each stripe
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
for ($i = 0; $i < 1000; ++$i) {
    $cache->set("key $i", str_repeat('x', 1000));
}
$held = $cache->get('key 1') . $cache->set('long', str_repeat('l', 100_000)) . $cache->get('long');

$stats = $cache->getStats(perStripe: true);
$stripes = $stats['per_stripe'];
echo implode(' ', array_keys($stripes[0])), "\n";
var_dump(array_is_list($stripes), count($stripes) === $stats['stripes']);
foreach (['entries', 'usage_bytes', 'free_bytes', 'held_bytes', 'probation_bytes', 'pinned_bytes', 'reserved_bytes'] as $name) {
    var_dump(array_sum(array_column($stripes, $name)) === $stats[$name]);
}
var_dump(array_sum(array_column($stripes, 'ring_bytes')) === $stats['capacity_bytes']);
foreach ($stripes as $stripe) {
    if ($stripe['hand'] > $stripe['reserved_bytes'] || $stripe['usage_bytes'] > $stripe['reserved_bytes']
            || $stripe['reserved_bytes'] > $stripe['ring_bytes']) {
        print_r($stripe);
    }
}
var_dump($stats['live_bytes'] === $stats['usage_bytes']);
var_dump($stats['live_bytes'] + $stats['dead_bytes'] + $stats['free_bytes'] === $stats['capacity_bytes']);
$cache->delete('long');
$after = $cache->getStats();
var_dump($after['free_bytes'] === $stats['free_bytes'], $after['dead_bytes'] - $stats['dead_bytes'] > 100_000);
var_dump($stats['uptime_seconds'] >= 0 && $stats['uptime_seconds'] <= time() - $stats['created_at']);
var_dump(isset($cache->getStats()['per_stripe']), isset($cache->getStats(false)['per_stripe']));
show_exception(fn() => $cache->getStats([]));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
entries usage_bytes free_bytes held_bytes probation_bytes pinned_bytes ring_bytes reserved_bytes hand
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
bool(false)
TypeError: NitroCache::getStats(): Argument #1 ($perStripe) must be of type bool, array given
