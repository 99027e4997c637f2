--TEST--
Tags and namespaces as they were in a cache that was destroyed do not get into the new one
--EXTENSIONS--
nitro
--SKIPIF--
<?php
require __DIR__ . '/../support.inc';
if (nitroctl() === null) die('skip nitro.janitor_path leads to no program');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

function destroy_cache(): void
{
    exec(escapeshellarg(nitroctl()) . ' destroy --cache ' . escapeshellarg(cache_name()));
}

/** Destroys the cache while it is serialized, and has this process notice. */
final class Destroyer
{
    public function __serialize(): array
    {
        destroy_cache();
        $GLOBALS['cache']->set('other', 1);
        return [];
    }
    public function __unserialize(array $data): void {}
}

$cache = fresh_cache();
$space = $cache->namespace('space');

echo "remember:\n";
$make = function () use ($cache) {
    destroy_cache();
    $cache->set('other', 1);
    return 'value';
};
var_dump($cache->remember('key', $make, 100, tags: ['tag']), $cache->get('key'));
var_dump($space->remember('key', $make, 100), $space->get('key'));

echo "noticed only when it is stored:\n";
$make = function () {
    destroy_cache();
    return 'value';
};
var_dump($cache->remember('key', $make, 100, tags: ['tag']), $cache->get('key'));

echo "set:\n";
var_dump($cache->set('key', new Destroyer, null, ['tag']), $cache->has('key'));
var_dump($space->set('key', new Destroyer), $space->has('key'));
var_dump($cache->set('key', new Destroyer), $cache->has('key'));

echo "compareAndSet:\n";
$cache->set('key', 1);
var_dump($cache->compareAndSet('key', 1, new Destroyer, null, ['tag']), $cache->has('key'));

echo "setMultiple:\n";
$values = (function () {
    yield 'a' => 1;
    destroy_cache();
    yield 'b' => 2;
    yield 'c' => 3;
})();
var_dump($cache->setMultiple($values, null, ['tag']));
var_dump($cache->getMultiple(['a', 'b', 'c']) === ['a' => null, 'b' => 2, 'c' => 3]);
$cache->invalidateTags('tag');
var_dump(array_filter($cache->getMultiple(['a', 'b', 'c'])));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
remember:
string(5) "value"
NULL
string(5) "value"
NULL
noticed only when it is stored:
string(5) "value"
NULL
set:
bool(false)
bool(false)
bool(false)
bool(false)
bool(true)
bool(true)
compareAndSet:
bool(false)
bool(false)
setMultiple:
bool(true)
bool(true)
array(0) {
}
