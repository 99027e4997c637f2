--TEST--
compareAndSet() stores only in place of what is expected, and loses no change of other processes
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
error_reporting(E_ALL & ~E_DEPRECATED);
final class Point { public function __construct(public int $x, private array $more = []) {} }
enum Suit { case Hearts; case Spades; }

$cache = fresh_cache();
echo "as === compares:\n";
foreach ([[1, 1], [1, 1.0], [1, '1'], ['1', '1'], [1.5, 1.5], [NAN, NAN], [null, null], [null, false], [false, 0], ['', null],
    [[1, 'k' => [2]], [1, 'k' => [2]]], [[1, 2], [2 => 1]], [['a' => 1, 'b' => 2], ['b' => 2, 'a' => 1]],
    [str_repeat('s', 5000), str_repeat('s', 5000)], [Suit::Hearts, Suit::Hearts], [Suit::Hearts, Suit::Spades],
    [new Point(1), new Point(1)], [new Point(1), new Point(2)], [new Point(1, [new Point(2)]), new Point(1, [new Point(2)])],
    [new DateTime('@5'), new DateTime('@5')], [new DateTime('@5'), new DateTime('@6')], [new Point(1), [1]]] as [$stored, $expected]) {
    $cache->set('key', $stored);
    echo $cache->compareAndSet('key', $expected, 'new') ? 'y' : 'n', $cache->get('key') === 'new' ? ' ' : '- ';
}
echo "\nabsent:\n";
$cache->delete('key');
var_dump($cache->compareAndSet('key', null, 1), $cache->has('key'));

echo "arguments and times:\n";
$cache->set('key', 1);
show_exception(fn () => $cache->compareAndSet('key', 1, fn () => 1));
show_exception(fn () => $cache->compareAndSet('key', 1, 2, NAN));
var_dump($cache->compareAndSet('key', fn () => 1, 2), $cache->get('key'), $cache->compareAndSet('key', 1, 2, 0), $cache->has('key'));

echo "a number that changes meanwhile: ";
$code = '$cache = new NitroCache(name: ' . var_export(cache_name(), true) . '); while (!$cache->has("stop")) $cache->compareAndSet("swing", 1, 100);';
$cache->set('swing', 0);
$pipe = popen(escapeshellarg(getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY) . ' ' . getenv('TEST_PHP_EXTRA_ARGS') . ' -r '
    . escapeshellarg($code) . ' 2>&1', 'r');
$wrong = 0;
for ($end = hrtime(true) + 1e9; hrtime(true) < $end;) {
    // From 0 to 1, and from 1 to 2 or from 100 to 101: never from 100 to 101 at once.
    $wrong += $cache->increment('swing') === 1 ? 0 : 1;
    $cache->compareAndSet('swing', 100, 0) || $cache->set('swing', 0);
}
$cache->set('stop', true);
echo stream_get_contents($pipe), pclose($pipe), ' ', $wrong, "\n";

echo "while the user serializes: ";
final class Old implements Serializable
{
    public function __construct(private NitroCache $cache, private Point $point) {}
    public function serialize() { var_dump($this->cache->compareAndSet('key', $this->point, 2)); return 'old'; }
    public function unserialize($data) {}
}
$point = new Point(1);
$cache->set('key', $point);
serialize([$point, new Old($cache, $point)]);
echo "what cannot be serialized: ";
$cache->set('key', [1]);
show_exception(fn () => $cache->compareAndSet('key', [fn () => 1], 2));

echo "the list of docs/concurrency.md, absent, empty, too large:\n";
$recipe = file_get_contents(__DIR__ . '/../../docs/concurrency.md');
eval(substr($recipe, $begin = strpos($recipe, 'function append('), strpos($recipe, '```', $begin) - $begin));
$cache->set('list', []);
var_dump(append($cache, 'absent', 1), append($cache, 'absent', 2), $cache->get('absent') === [1, 2]);
var_dump(append($cache, 'list', 1), $cache->get('list') === [1]);
var_dump(append($cache, 'list', str_repeat('x', 1 << 22)));

echo "four processes add to a list:\n";
$cache->set('list', []);
$pipes = [];
for ($i = 0; $i < 4; ++$i) {
    $code = '$name = ' . var_export(cache_name(), true) . '; $cache = new NitroCache(name: $name); for ($i = 0; $i < 200; ++$i) {'
        . 'do { $list = $cache->get("list"); } while (!$cache->compareAndSet("list", $list, [...$list, ' . $i . ']));'
        . 'do { $n = $cache->get("n", 0); } while (!($n === 0 ? $cache->add("n", 1) : $cache->compareAndSet("n", $n, $n + 1))); }';
    $pipes[] = popen(escapeshellarg(getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY) . ' ' . getenv('TEST_PHP_EXTRA_ARGS') . ' -r '
        . escapeshellarg($code) . ' 2>&1', 'r');
}
foreach ($pipes as $pipe) {
    echo stream_get_contents($pipe);
    pclose($pipe);
}
var_dump(array_count_values($cache->get("list")) === [200, 200, 200, 200] || array_values(array_count_values($cache->get("list"))) === [200, 200, 200, 200], count($cache->get('list')), $cache->get('n'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
as === compares:
y n- n- y y n- y n- n- n- y n- n- y y n- y n- y y n- n- 
absent:
bool(false)
bool(false)
arguments and times:
NitroCacheException: An object of class Closure cannot be stored: value
ValueError: NitroCache::compareAndSet(): Argument #4 ($ttl) must be a number of seconds, NAN given
bool(false)
int(1)
bool(true)
bool(false)
a number that changes meanwhile: 0 0
while the user serializes: bool(true)
what cannot be serialized: Exception: Serialization of 'Closure' is not allowed
the list of docs/concurrency.md, absent, empty, too large:
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(false)
four processes add to a list:
bool(true)
int(800)
int(800)
