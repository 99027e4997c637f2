--TEST--
allow() lets so many events pass per period, over all processes
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
$cache = fresh_cache();
$burst = static fn (string $key, int $limit, float $seconds, int $times) =>
    array_sum(array_map(static fn () => (int) $cache->allow($key, $limit, $seconds), range(1, $times)));
var_dump($burst('five', 5, 1000, 20), $burst('one', 1, 1000, 3), $burst('many', 1000, 1000, 2000));
echo "evenly:\n";
var_dump($burst('quick', 4, 2, 10));
usleep(1_250_000);
$more = $burst('quick', 4, 2, 10);
var_dump($more >= 2 && $more <= 3);
echo "of four processes: ";
$pipes = [];
for ($i = 0; $i < 4; ++$i) {
    $code = '$name = ' . var_export(cache_name(), true) . '; $cache = new NitroCache(name: $name); $n = 0;'
        . 'for ($i = 0; $i < 500; ++$i) $n += (int) $cache->allow("shared", 100, 10000); echo $n;';
    $pipes[] = popen(escapeshellarg(getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY) . ' ' . getenv('TEST_PHP_EXTRA_ARGS') . ' -r '
        . escapeshellarg($code) . ' 2>&1', 'r');
}
echo array_sum(array_map(static fn ($pipe) => (int) stream_get_contents($pipe), $pipes)), "\n";
array_map(pclose(...), $pipes);

echo "forgotten:\n";
var_dump($cache->delete('one'), $burst('one', 1, 1000, 3), $cache->has('one'), $cache->get('one', 'no value'));
$cache->set('one', 'text');
echo "misuse:\n";
show_exception(fn () => $cache->allow('one', 1, 1));
show_exception(fn () => $cache->increment('five'));
show_exception(fn () => $cache->allow('key', 0, 1));
show_exception(fn () => $cache->allow('key', 1, 0));
show_exception(fn () => $cache->allow('key', 1, INF));
show_exception(fn () => $cache->allow('key', 1, NAN));
var_dump($cache->has('key'), $burst('huge', PHP_INT_MAX, 1e9, 3), $burst('tiny', 1, 1e-9, 1));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(5)
int(1)
int(1000)
evenly:
int(4)
bool(true)
of four processes: 100
forgotten:
bool(true)
int(1)
bool(true)
string(8) "no value"
misuse:
NitroCacheException: "one" is no rate limit: it holds a string
NitroCacheException: "five" cannot be counted: it holds a rate limit
ValueError: NitroCache::allow(): Argument #2 ($limit) must be 1 or more
ValueError: NitroCache::allow(): Argument #3 ($perSeconds) must be greater than 0 and at most 1.0e+9 seconds
ValueError: NitroCache::allow(): Argument #3 ($perSeconds) must be greater than 0 and at most 1.0e+9 seconds
ValueError: NitroCache::allow(): Argument #3 ($perSeconds) must be greater than 0 and at most 1.0e+9 seconds
bool(false)
int(3)
int(1)
