--TEST--
keys() gives the keys that are there, as strings, chosen by a prefix
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

function sorted(Traversable $keys): string
{
    $list = iterator_to_array($keys);
    var_dump(array_is_list($list));
    sort($list, SORT_STRING);
    return json_encode($list);
}

$cache = fresh_cache();
var_dump(iterator_to_array($cache->keys()));
$cache->setMultiple(['a' => 1, 'ab' => null, 'b' => false, '' => 1, '7' => 1, '08' => 1]);
$cache->set("a\0b", 1);
$cache->set('expired', 1, 0.001);
$cache->set('deleted', 1);
$cache->delete('deleted');
usleep(20_000);

echo sorted($cache->keys()), "\n";
echo sorted($cache->keys('a')), "\n";
echo sorted($cache->keys("a\0")), "\n";
echo sorted($cache->keys('ab')), "\n";
echo sorted($cache->keys('abc')), "\n";
foreach ($cache->keys('7') as $position => $key) {
    var_dump($position, $key);
}
var_dump($cache->getStats()['hits'], $cache->getStats()['misses']);
show_exception(fn() => $cache->keys([]));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
array(0) {
}
bool(true)
["","08","7","a","a\u0000b","ab","b"]
bool(true)
["a","a\u0000b","ab"]
bool(true)
["a\u0000b"]
bool(true)
["ab"]
bool(true)
[]
int(0)
string(1) "7"
int(0)
int(0)
TypeError: NitroCache::keys(): Argument #1 ($prefix) must be of type string, array given
