--TEST--
getStats() says what is in the cache and what happened in it
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('a', 'x');
$cache->set('b', 'x', 0.01);
$cache->get('a');
$cache->get('a');
$cache->get('missing');
$cache->delete('a');
$cache->set('c', str_repeat('x', 100_000));
foreach ($cache->getStats() as $name => $value) {
    echo $name, ' ', is_string($value) ? 'string' : json_encode($value), "\n";
}
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
name string
segment string
created_at %d
uptime_seconds %d
usage_bytes %d
usage_kb %f
usage_mb 0.%d
live_bytes %d
dead_bytes %d
free_bytes %d
held_bytes 0
probation_bytes 0
pinned_bytes 0
reserved_bytes %d
max_bytes 4194304
capacity_bytes %d
largest_value %d
entries %d
hits 2
misses 1
sets 3
deletes 1
failed_sets 0
evictions 0
evictions_full_bucket 0
expired %d
moved_bytes 0
pins 0
copies 0
lock_waits 0
lock_timeouts 0
recoveries 0
stripes %d
rows %d
rows_used 1
guest_calls 0
refused_calls 0
named_locks 0
janitor_pid 0
janitor_heartbeat 0
at_home true
refused_bytes 0
