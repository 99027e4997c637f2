--TEST--
With nitro.protect_memory values in place cannot be written to, and cannot be read when none is held
--EXTENSIONS--
nitro
--SKIPIF--
<?php if (PHP_OS_FAMILY !== 'Linux') die('skip looks into /proc'); ?>
--INI--
nitro.janitor=off
nitro.protect_memory=1
--FILE--
<?php
require __DIR__ . '/../support.inc';

/** The rights of this process's mappings of the cache: "r--s", "rw-s"… */
function rights(NitroCache $cache): array
{
    $segment = ltrim($cache->getStats()['segment'], '/');
    preg_match_all('~^\S+ (\S+) .*/' . preg_quote($segment) . '$~m', file_get_contents('/proc/self/maps'), $matches);
    sort($matches[1]);
    return $matches[1];
}

$cache = fresh_cache(16);
$cache->set('list', range(1, 1000));
$cache->set('short', 'text');
echo $cache->get('short'), ': ', implode(' ', rights($cache)), "\n";
$list = $cache->get('list');
echo count($list), ': ', implode(' ', rights($cache)), "\n";
$list[] = 'own';
var_dump(count($list), $cache->get('list') === range(1, 1000), $cache->getStats()['pins']);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
text: ---s rw-s
1000: r--s rw-s
int(1001)
bool(true)
int(1)
