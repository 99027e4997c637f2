--TEST--
An exception out of a method that is asked for its data reaches the caller; what was stored stays
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

final class Angry extends LogicException {}
/** Throws at one of its calls. */
final class Serializing
{
    public static int $calls = 0;
    public static int $throw_at = 0;
    public static int $living = 0;
    public function __construct(public mixed $inner = null) { ++self::$living; }
    public function __destruct() { --self::$living; }
    public function __serialize(): array
    {
        if (++self::$calls === self::$throw_at) {
            throw new Angry('call ' . self::$calls);
        }
        return ['inner' => $this->inner, 'list' => range(1, 100), 'text' => str_repeat('t', 5000), 'object' =>
            new ArrayObject([1])];
    }
    public function __unserialize(array $data): void { ++self::$living; $this->inner = $data['inner']; }
}
final class Sleeping
{
    public $inner;
    public function __construct(mixed $inner = null) { $this->inner = $inner; }
    public function __sleep(): array { throw new Angry('sleep'); }
}
final class Old implements Serializable
{
    public function __construct(private bool $is_angry = true) {}
    public function serialize() { return $this->is_angry ? throw new Angry('old') : []; }
    public function unserialize($data) {}
}
final class Wrong
{
    public function __construct(private mixed $gives) {}
    public function __serialize() { return $this->gives; }
}

$values = [
    'alone' => new Sleeping,
    'in an array' => [1, 'deep' => [['x' => new Sleeping]], 2],
    'in an object' => (object) ['a' => [1, 2], 'o' => new Sleeping, 'b' => 3],
    'in another' => new Serializing(['list' => [new Sleeping]]),
    'by reference' => (function () { $s = new Sleeping; return [&$s, &$s]; })(),
    'in itself' => (function () { $s = new Sleeping; $s->inner = [$s]; return $s; })(),
    'old' => ['old' => new Old],
    'old, wrong type' => ['old' => new Old(false)],
    'wrong type' => [new Wrong('no array')],
    'wrong type, null' => ['a' => new Wrong(null)],
    'wrong type, object' => ['a' => new Wrong(new ArrayObject)],
    'after large ones' => [range(1, 20_000), str_repeat('s', 100_000), new Serializing, new Sleeping],
];
$cache = fresh_cache(16);
$cache->set('key', ['old' => ['value']]);
$differences = 0;
foreach ($values as $name => $value) {
    $expected = outcome('serialize', $value);
    $actual = outcome(fn($value) => $cache->set('key', $value), $value);
    $actual_of_several = outcome(fn($value) => $cache->setMultiple(['before' => $name, 'key' => $value]), $value);
    if ($actual !== $expected || $actual_of_several !== $expected) {
        ++$differences;
        echo "$name:\n- $expected\n+ $actual\n+ $actual_of_several\n";
    }
    if ($cache->get('key') !== ['old' => ['value']] || $cache->get('before') !== $name) {
        echo "$name: the wrong values are there\n";
    }
}
echo count($values), " compared, $differences differences\n";
unset($values, $value);

// At each of the calls in turn: the others have given their data by then, which must not leak.
$make = fn() => [new Serializing, [new Serializing(new Serializing)], (object) ['s' => new Serializing]];
foreach (range(1, 4) as $throw_at) {
    Serializing::$calls = 0;
    Serializing::$throw_at = $throw_at;
    $before = memory_get_usage();
    for ($i = 0; $i < 100; ++$i) {
        Serializing::$calls = 0;
        try {
            $cache->set('key', $make());
            echo "call $throw_at does not throw\n";
        } catch (Angry $thrown) {
            unset($thrown);
        }
    }
    if (memory_get_usage() - $before > 50_000 || Serializing::$living !== 0) {
        echo "call $throw_at: ", memory_get_usage() - $before, ' bytes, ', Serializing::$living, " objects left\n";
    }
}
Serializing::$throw_at = 0;
var_dump($cache->set('key', $make()), count($cache->get('key')), $cache->getStats()['failed_sets']);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
12 compared, 0 differences
bool(true)
int(3)
int(0)
