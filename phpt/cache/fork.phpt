--TEST--
Parent and child of a fork both go on, with the values they hold and the cache
--EXTENSIONS--
nitro
pcntl
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
$cache->set('long', str_repeat('l', 100_000));
$long = $cache->get('long');

$children = [];
for ($child = 0; $child < 4; ++$child) {
    $pid = pcntl_fork();
    if ($pid === 0) {
        for ($i = 0; $i < 300; ++$i) {
            $cache->increment('counter');
            $cache->set("$child flood $i", str_repeat('f', 100_000));
        }
        $is_whole = $long === str_repeat('l', 100_000);
        // The others may have evicted what this child stored last, if it had to wait for the CPU.
        $is_usable = in_array($cache->get("$child flood 299"), [null, str_repeat('f', 100_000)], true);
        exit(($is_whole ? 0 : 1) + ($is_usable ? 0 : 2));
    }
    $children[] = $pid;
}
for ($i = 0; $i < 300; ++$i) {
    $cache->increment('counter');
    $cache->set("parent flood $i", str_repeat('f', 100_000));
}
foreach ($children as $pid) {
    pcntl_waitpid($pid, $status);
    echo pcntl_wexitstatus($status), "\n";
}
var_dump($long === str_repeat('l', 100_000));
var_dump($cache->increment('counter', 0));
var_dump($cache->getStats()['rows_used']);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
0
0
0
0
bool(true)
int(1500)
int(1)
