--TEST--
pull() gives a value once; touch() changes only the time
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
$cache = fresh_cache();
$cache->set('key', ['a' => str_repeat('x', 4000)]);
var_dump($cache->pull('key') === ['a' => str_repeat('x', 4000)], $cache->pull('key'), $cache->pull('key', 'default'), $cache->has('key'));
$cache->set('null', null);
var_dump($cache->pull('null', 'default'), $cache->has('null'));
$cache->set('object', new ArrayObject([1]));
var_dump($cache->pull('object')->count(), $cache->pull('object'));

echo "one of four gets it:\n";
for ($i = 0; $i < 1000; ++$i) {
    $cache->set("job $i", ['number' => $i]);
}
$pipes = [];
for ($i = 0; $i < 4; ++$i) {
    $code = '$name = ' . var_export(cache_name(), true) . '; $cache = new NitroCache(name: $name); $got = 0;'
        . 'for ($i = 0; $i < 1000; ++$i) { $job = $cache->pull("job $i"); $got += $job === ["number" => $i] ? 1 : ($job === null ? 0 : 10000); } echo $got;';
    $pipes[] = popen(escapeshellarg(getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY) . ' ' . getenv('TEST_PHP_EXTRA_ARGS') . ' -r '
        . escapeshellarg($code) . ' 2>&1', 'r');
}
$got = array_map(static fn ($pipe) => (int) stream_get_contents($pipe), $pipes);
array_map(pclose(...), $pipes);
var_dump(array_sum($got));

echo "touch:\n";
$cache->set('key', 'value', 0.3);
var_dump($cache->touch('key', 100), $cache->touch('absent', 100));
usleep(350_000);
var_dump($cache->get('key'), $cache->touch('key', new DateInterval('PT1H')), $cache->touch('key'), $cache->touch('key', 0.03));
usleep(50_000);
var_dump($cache->touch('key', 100), $cache->get('key'));
$cache->set('key', 'value');
var_dump($cache->touch('key', 0), $cache->has('key'), $cache->touch('key', -1));
show_exception(fn () => $cache->touch('key', NAN));
show_exception(fn () => $cache->touch('key', []));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
NULL
string(7) "default"
bool(false)
NULL
bool(false)
int(1)
NULL
one of four gets it:
int(1000)
touch:
bool(true)
bool(false)
string(5) "value"
bool(true)
bool(true)
bool(true)
bool(false)
NULL
bool(true)
bool(false)
bool(false)
ValueError: NitroCache::touch(): Argument #2 ($ttl) must be a number of seconds, NAN given
TypeError: NitroCache::touch(): Argument #2 ($ttl) must be of type DateInterval|int|float|null, array given
