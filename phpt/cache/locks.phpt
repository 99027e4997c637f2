--TEST--
lock() is held by one at a time, until it is released, its lease is over, or its owner is gone
--EXTENSIONS--
nitro
posix
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
$cache = fresh_cache();
$try = fn (string $more = '') => other_process('$c = new NitroCache(name: $name); $lock = $c->lock("job", waitUpTo: 0.05); echo $lock ? "taken" : "held"; ' . $more);

$lock = $cache->lock('job');
echo get_class($lock), ' ', $try(), ' ', var_export($cache->lock('job'), true), "\n";
var_dump($lock->isHeld(), $lock->release(), $lock->isHeld(), $lock->release(), $lock->extend());
echo $try(), ' ', $try('exit;'), ' ', $try('posix_kill(getmypid(), 9);'), "\n";
$lock = $cache->lock('job');
unset($lock);
echo 'destroyed: ', $try(), "\n";

echo "lease:\n";
$lock = $cache->lock('job', 0.05);
$other = $cache->lock('another', INF);
usleep(70_000);
var_dump($lock->isHeld(), $lock->extend(), $other->isHeld());
echo $try(), "\n";
$second = $cache->lock('job', 100);
var_dump($lock->release(), $second->isHeld(), $second->extend(0.03));
usleep(50_000);
var_dump($second->isHeld(), $cache->lock('job', 0) !== null);

echo "waiting:\n";
$code = '$c = new NitroCache(name: $name); $lock = $c->lock("slow"); $c->set("has it", true); usleep(300_000); $lock->release(); echo "done ";';
$pipe = popen(escapeshellarg(getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY) . ' ' . getenv('TEST_PHP_EXTRA_ARGS') . ' -r '
    . escapeshellarg('$name = ' . var_export(cache_name(), true) . ';' . $code) . ' 2>&1', 'r');
wait_until(fn () => $cache->has('has it'));
var_dump($cache->lock('slow'), $cache->lock('slow', waitUpTo: 20) instanceof NitroLock);
echo stream_get_contents($pipe), pclose($pipe), "\n";

echo "clear() and removing the cache:\n";
$lock = $cache->lock('job');
$cache->clear();
var_dump($lock->isHeld());
remove_cache();
$cache->set('key', 1);
var_dump(wait_until(function () use ($cache) { usleep(50_000); $cache->set('key', 1); return other_process('echo (new NitroCache(name: $name))->get("key");') === '1'; }));
$again = $cache->lock('job');
var_dump($lock->isHeld(), $lock->release(), $again->isHeld());

echo "misuse:\n";
show_exception(fn () => $cache->lock('job', -1));
show_exception(fn () => $cache->lock('job', 1, NAN));
show_exception(fn () => new NitroLock);
show_exception(fn () => clone $again);
show_exception(fn () => serialize($again));
show_exception(fn () => $again->extend(-1));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
NitroLock held NULL
bool(true)
bool(true)
bool(false)
bool(false)
bool(false)
taken taken taken%A
destroyed: taken
lease:
bool(false)
bool(false)
bool(true)
taken
bool(false)
bool(true)
bool(true)
bool(false)
bool(true)
waiting:
NULL
bool(true)
done 0
clear() and removing the cache:
bool(true)
bool(true)
bool(false)
bool(false)
bool(true)
misuse:
ValueError: NitroCache::lock(): Argument #2 ($lease) must be a number of seconds, 0 or more
ValueError: NitroCache::lock(): Argument #3 ($waitUpTo) must be a number of seconds, 0 or more
Error: Call to private NitroLock::__construct() from global scope
Error: Trying to clone an uncloneable object of class NitroLock
Exception: Serialization of 'NitroLock' is not allowed
ValueError: NitroLock::extend(): Argument #1 ($lease) must be a number of seconds, 0 or more
