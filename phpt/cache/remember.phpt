--TEST--
remember() computes what is missing, nests, and passes exceptions on
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
$cache = fresh_cache(16);
$calls = 0;
$make = function (string $key) use (&$calls) { ++$calls; return [$key, $calls]; };
var_dump($cache->remember('key', $make), $cache->remember('key', $make), $calls);
echo "null is a value: ";
$cache->remember('null', function () use (&$calls) { ++$calls; return null; });
$cache->remember('null', function () use (&$calls) { ++$calls; return null; });
echo $calls, "\n";

echo "times:\n";
$calls = 0;
$cache->remember('short', $make, 0.05);
usleep(70_000);
echo json_encode($cache->remember('short', $make, 0.05)), json_encode($cache->remember('never', $make, 0)), var_export($cache->has('never'), true), "\n";
$calls = 0;
echo json_encode($cache->remember('stale', $make, 0.05, staleFor: 10));
usleep(70_000);
echo json_encode($cache->get('stale')), json_encode($cache->remember('stale', $make, 0.05, staleFor: 10)), "\n";

echo "stale without end, and after touch(): ";
$old = fn () => 'old';
$cache->remember('i', $old, 0.02, INF);
$cache->remember('t', $old, 100, 0.02);
$cache->touch('t', INF);
$cache->touch('t', 0.02);
$cache->remember('k', $old, INF, 50);
$cache->touch('k', 0.02);
usleep(100_000);
foreach (['i', 't', 'k'] as $key) {
    $seen = null;
    $cache->remember($key, function () use ($cache, $key, &$seen) {
        $seen = $cache->remember($key, fn () => 'nothing');
        return 'new';
    }, 100);
    echo $seen, ' ';
}
echo "\n";

echo "nesting:\n";
echo $cache->remember('outer', fn () => 'o' . $cache->remember('inner', fn () => 'i') . $cache->remember('outer', fn () => 'again')), ' ',
    $cache->get('outer'), ' ', $cache->get('inner'), "\n";

echo "failures:\n";
show_exception(fn () => $cache->remember('throws', fn () => throw new DomainException('not today')));
show_exception(fn () => $cache->remember('closure', fn () => fn () => 1));
var_dump($cache->has('throws'), $cache->has('closure'), $cache->remember('throws', fn () => 'later'), $cache->remember('closure', fn () => 1));
show_exception(fn () => $cache->remember('key', 'no such function'));
show_exception(fn () => $cache->remember('key', fn () => 1, NAN));
show_exception(fn () => $cache->remember('key', fn () => 1, staleFor: -1));
show_exception(fn () => $cache->remember('key', fn () => 1, waitUpTo: NAN));
show_exception(fn () => $cache->remember('key', fn () => 1, early: -1));
show_exception(fn () => $cache->remember('key', fn () => 1, early: INF));

echo "by reference, and in a generator:\n";
$value = ['r'];
$cache->remember('reference', function &() use (&$value) { return $value; });
var_dump($cache->get('reference') === ['r'], iterator_to_array((function () use ($cache) { yield $cache->remember('g', fn () => 7); })()));

echo "early: ";
$calls = 0;
$slow = function () use (&$calls) { ++$calls; usleep(20_000); return $calls; };
for ($end = hrtime(true) + 1e9; hrtime(true) < $end && $calls < 2; usleep(500)) {
    $cache->has('early') || $calls === 0 || print('missed ');
    $cache->remember('early', $slow, 0.3, early: 1);
}
var_dump($calls >= 2);
echo "never early: ";
$calls = 0;
for ($end = hrtime(true) + 0.25e9; hrtime(true) < $end; usleep(500)) {
    $cache->remember('late', $slow, 10);
}
var_dump($calls);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
array(2) {
  [0]=>
  string(3) "key"
  [1]=>
  int(1)
}
array(2) {
  [0]=>
  string(3) "key"
  [1]=>
  int(1)
}
int(1)
null is a value: 2
times:
["short",2]["never",3]false
["stale",1]null["stale",2]
stale without end, and after touch(): old nothing old 
nesting:
oiagain oiagain i
failures:
DomainException: not today
NitroCacheException: An object of class Closure cannot be stored: value
bool(false)
bool(false)
string(5) "later"
int(1)
TypeError: NitroCache::remember(): Argument #2 ($callback) must be a valid callback, function "no such function" not found or invalid function name
ValueError: NitroCache::remember(): Argument #3 ($ttl) must be a number of seconds, NAN given
ValueError: NitroCache::remember(): Argument #4 ($staleFor) must be a number of seconds, 0 or more
ValueError: NitroCache::remember(): Argument #5 ($waitUpTo) must be a number of seconds, 0 or more
ValueError: NitroCache::remember(): Argument #6 ($early) must be a finite number, 0 or more
ValueError: NitroCache::remember(): Argument #6 ($early) must be a finite number, 0 or more
by reference, and in a generator:
bool(true)
array(1) {
  [0]=>
  int(7)
}
early: bool(true)
never early: int(1)
