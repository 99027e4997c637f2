--TEST--
What was stored comes back, with its type and to the last bit
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

enum Suit: string { case Hearts = 'H'; case Spades = 'S'; }
final class Point { public function __construct(public int $x = 0, protected ?Point $next = null, private array $more = []) {} }

$cyclic = new stdClass;
$cyclic->self = $cyclic;

$values = [
    'null' => null,
    'false' => false,
    'true' => true,
    'zero' => 0,
    'largest int' => PHP_INT_MAX,
    'smallest int' => PHP_INT_MIN,
    'float' => 0.1,
    'negative zero' => -0.0,
    'infinity' => INF,
    'smallest float' => PHP_FLOAT_MIN / 2,
    'empty string' => '',
    'one character' => 'x',
    'digits' => '123',
    'number-like' => '1e3',
    'NUL bytes' => "a\0b\0",
    'all bytes' => implode('', array_map('chr', range(0, 255))),
    'string below the in-place length' => str_repeat('s', 2047),
    'string of the in-place length' => str_repeat('l', 2048),
    'long string with NUL bytes' => str_repeat("\0long", 30_000),
    'empty array' => [],
    'list' => [1, 2.5, 'three', null, [4]],
    'map' => ['a' => 1, 7 => 'seven', '' => []],
    'object' => new Point(1, new Point(2), ['deep' => [1]]),
    'enum' => Suit::Spades,
    'date' => new DateTimeImmutable('2024-02-29 12:00:00.5 Europe/Berlin'),
];

$cache = fresh_cache();
foreach ($values as $key => $value) {
    if (!$cache->set($key, $value)) {
        echo "$key: not stored\n";
    }
}
foreach ($values as $key => $value) {
    $found = $cache->get($key, 'missing');
    if (serialize($found) !== serialize($value)) {
        echo "$key: ";
        var_dump($found);
    }
}

$cache->set('not a number', NAN);
var_dump($cache->get('not a number'));

$cache->set('cycle', $cyclic);
$found = $cache->get('cycle');
var_dump($found !== $cyclic, $found->self === $found);

$array = ['x'];
$array[] = &$array[0];
$cache->set('references', $array);
$found = $cache->get('references');
$found[0] = 'y';
var_dump($found[1]);

var_dump($cache->get('enum') === Suit::Spades);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
float(NAN)
bool(true)
bool(true)
string(1) "y"
bool(true)
