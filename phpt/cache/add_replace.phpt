--TEST--
add() stores only what is absent, replace() only what is there; of several processes one adds
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
$cache = fresh_cache();
var_dump($cache->add('key', 'first'), $cache->add('key', 'second'), $cache->get('key'));
var_dump($cache->replace('absent', 1), $cache->has('absent'), $cache->replace('key', ['second']), $cache->get('key'));

echo "null and false are there:\n";
$cache->set('null', null);
$cache->set('false', false);
var_dump($cache->add('null', 1), $cache->add('false', 1), $cache->replace('null', 2), $cache->get('null'));

echo "times:\n";
var_dump($cache->add('short', 1, 0.3), $cache->add('short', 2));
usleep(350_000);
var_dump($cache->replace('short', 3), $cache->add('short', 4, 100), $cache->get('short'));
var_dump($cache->replace('short', 5, 0), $cache->has('short'), $cache->add('short', 6, -1), $cache->has('short'));

echo "what cannot be stored is not looked at when it is not to be:\n";
var_dump($cache->add('key', fn () => 1));
show_exception(fn () => $cache->replace('key', fn () => 1));
show_exception(fn () => $cache->add('new', 1, NAN));
var_dump($cache->get('key'), $cache->has('new'));

echo "one of eight:\n";
$pipes = [];
for ($i = 0; $i < 8; ++$i) {
    $code = '$name = ' . var_export(cache_name(), true) . '; $cache = new NitroCache(name: $name); $won = 0;'
        . 'while (!$cache->has("go")) usleep(100); for ($i = 0; $i < 500; ++$i) $won += (int) $cache->add("slot $i", ' . $i . ');'
        . 'echo $won;';
    $pipes[] = popen(escapeshellarg(getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY) . ' ' . getenv('TEST_PHP_EXTRA_ARGS') . ' -r '
        . escapeshellarg($code) . ' 2>&1', 'r');
}
usleep(200_000);
$cache->set('go', true);
$won = array_map(static fn ($pipe) => (int) stream_get_contents($pipe), $pipes);
array_map(pclose(...), $pipes);
var_dump(array_sum($won));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(false)
string(5) "first"
bool(false)
bool(false)
bool(true)
array(1) {
  [0]=>
  string(6) "second"
}
null and false are there:
bool(false)
bool(false)
bool(true)
int(2)
times:
bool(true)
bool(false)
bool(false)
bool(true)
int(4)
bool(true)
bool(false)
bool(true)
bool(false)
what cannot be stored is not looked at when it is not to be:
bool(false)
NitroCacheException: An object of class Closure cannot be stored: value
ValueError: NitroCache::add(): Argument #3 ($ttl) must be a number of seconds, NAN given
array(1) {
  [0]=>
  string(6) "second"
}
bool(false)
one of eight:
int(500)
