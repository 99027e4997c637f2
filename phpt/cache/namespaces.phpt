--TEST--
namespace() gives a key space of its own, which clear() empties at once; namespaces nest
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
class Mine extends NitroCache { public string $of = 'mine'; }
$cache = fresh_cache(16);
$users = $cache->namespace('users');
$admins = $users->namespace('admins');
foreach (['root' => $cache, 'user' => $users, 'admin' => $admins] as $what => $space) {
    $space->set('key', $what);
}
$all = static fn () => implode(' ', [$cache->get('key', '-'), $users->get('key', '-'), $admins->get('key', '-')]);
echo $all(), "\n", get_class($users), ' ', get_class((new Mine(name: cache_name()))->namespace('m')), "\n";
echo 'another process: ', other_process('echo (new NitroCache(name: $name))->namespace("users")->namespace("admins")->get("key");'), "\n";
echo 'as the cache sees it: ', $cache->get("users\0admins\0key"), "\n";

echo "every method:\n";
var_dump($users->setMultiple(['a' => 1, 'b' => [2]]), $users->getMultiple(['a', 'b', 'key', 'x']), $cache->has('a'), $users->has('a'));
var_dump($users->increment('a'), $users->add('a', 5), $users->replace('a', 6), $users->compareAndSet('a', 6, 7), $users->pull('a'),
    $users->touch('b', 100), $users->delete('b'), $users->deleteMultiple(['x']), $users->has('b'));
var_dump($users->increment('n', 2), $cache->get('n'), $users->remember('r', static fn (string $key) => "of $key"), $users->get('r'));
var_dump($users->allow('limit', 1, 100), $users->allow('limit', 1, 100), $cache->allow('limit', 1, 100));
$lock = $users->lock('lock');
var_dump($lock !== null, $users->lock('lock'), $cache->lock('lock') !== null);
var_dump($users->getStats()['name'] === cache_name());

echo "clear:\n";
$admins->clear();
echo $all(), "\n";
$admins->set('key', 'admin');
$users->set('tagged', 1, null, ['tag']);
var_dump($users->clear());
echo $all(), ' ', var_export([$users->has('n'), $users->has('r'), $users->has('tagged'), $users->increment('n')], true), "\n";
$users->set('key', 'user');
$admins->set('key', 'admin');
$cache->namespace('other')->clear();
echo $all(), "\n";
$cache->clear();
echo $all(), "\n";

echo "misuse:\n";
foreach (['', "a\0b", str_repeat('n', 251)] as $name) {
    show_exception(fn () => $cache->namespace($name));
}
$deep = $cache;
for ($level = 0; $level < 16; ++$level) {
    $deep = $deep->namespace(str_repeat('d', 250));
}
$deep->set('key', 'deep');
var_dump($deep->get('key'));
show_exception(fn () => $deep->namespace('d'));
show_exception(fn () => $users->__construct());
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
root user admin
NitroCache Mine
another process: admin
as the cache sees it: admin
every method:
bool(true)
array(4) {
  ["a"]=>
  int(1)
  ["b"]=>
  array(1) {
    [0]=>
    int(2)
  }
  ["key"]=>
  string(4) "user"
  ["x"]=>
  NULL
}
bool(false)
bool(true)
int(2)
bool(false)
bool(true)
bool(true)
int(7)
bool(true)
bool(true)
bool(true)
bool(false)
int(2)
NULL
string(4) "of r"
string(4) "of r"
bool(true)
bool(false)
bool(true)
bool(true)
NULL
bool(true)
bool(true)
clear:
root user -
bool(true)
root - - array (
  0 => false,
  1 => false,
  2 => false,
  3 => 1,
)
root user admin
- - -
misuse:
ValueError: NitroCache::namespace(): Argument #1 ($prefix) must have 1 to 250 bytes
ValueError: NitroCache::namespace(): Argument #1 ($prefix) must not contain NUL bytes
ValueError: NitroCache::namespace(): Argument #1 ($prefix) must have 1 to 250 bytes
string(4) "deep"
ValueError: NitroCache::namespace(): Argument #1 ($prefix) must not name a namespace deeper than 16 levels
Error: A namespace cannot be constructed
