--TEST--
An exception out of a method that gets its data back reaches the caller; the entry stays
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
trait Moody
{
    public function __construct(public mixed $inner = null, public string $name = '?') {}
    private function call(string $what): void
    {
        echo "$what; ";
        if (++Counter::$calls === Counter::$throw_at) {
            throw new Angry("call " . Counter::$calls);
        }
    }
    /** PHP calls no destructor of an object that was not made completely. */
    public function __destruct() { Counter::$died[] = $this->name; }
}
final class Counter
{
    public static int $calls = 0;
    public static int $throw_at = 0;
    public static array $died = [];
}
final class Asked
{
    use Moody;
    public function __serialize(): array { return ['inner' => $this->inner, 'list' => range(1, 50), 'name' =>
        $this->name]; }
    public function __unserialize(array $data): void { $this->name = $data['name']; $this->inner = $data['inner'];
        $this->call("unserialize $this->name"); }
}
final class Woken
{
    use Moody;
    public function __wakeup(): void { $this->call("wakeup $this->name"); }
}
final class Old implements Serializable
{
    use Moody;
    public function serialize() { return $this->name; }
    public function unserialize($data) { $this->name = $data; $this->call("old unserialize $data"); }
}
final class Plain
{
    use Moody;
}

$values = [
    'list' => [new Woken(1, 'a'), new Asked(2, 'b'), new Plain(3, 'c'), new Old(4, 'd'), new Woken(5, 'e'),
        new Asked(6, 'f')],
    'nested' => new Asked(new Woken(new Asked(new Woken(new Old(1, 'a'), 'b'), 'c'), 'd'), 'e'),
    'ring' => (function () { $a = new Asked(null, 'a'); $a->inner = new Woken(new Plain($a, 'p'), 'b');
        return [$a, range(1, 100)]; })(),
    'references' => (function () { $a = new Woken(null, 'a'); return [&$a, new Asked([&$a], 'b'), &$a]; })(),
    'in collections' => new ArrayObject([new Woken(1, 'a'), new SplFixedArray(2), new Asked(1, 'b')]),
];

$cache = fresh_cache(16);
$differences = $compared = 0;
foreach ($values as $name => $value) {
    $bytes = serialize($value);
    $cache->set($name, $value);
    for (Counter::$throw_at = 1; Counter::$throw_at < 8; ++Counter::$throw_at) {
        $trip = function (callable $read): string {
            gc_collect_cycles();
            Counter::$calls = 0;
            Counter::$died = [];
            $result = outcome(function () use ($read) { $read(); return 'read'; }, null);
            gc_collect_cycles();
            sort(Counter::$died);
            return $result . ', died: ' . implode(' ', Counter::$died);
        };
        $expected = $trip(fn() => unserialize($bytes));
        $actual = $trip(fn() => $cache->get($name, 'default'));
        $several = $trip(fn() => $cache->getMultiple([$name], 'default'));
        ++$compared;
        if ($actual !== $expected || $several !== $expected) {
            ++$differences;
            echo "$name, call ", Counter::$throw_at, ":\n- $expected\n+ $actual\n+ $several\n";
        }
    }
    Counter::$throw_at = 0;
    ob_start();
    $differences += (int) (describe($cache->get($name)) !== describe(unserialize($bytes)));
    ob_end_clean();
}
echo "$compared compared, $differences differences\n";

// Nothing is left of what could not be read.
Counter::$throw_at = 3;
ob_start();
$before = memory_get_usage();
for ($i = 0; $i < 300; ++$i) {
    Counter::$calls = 0;
    try {
        $cache->get('list');
    } catch (Angry $thrown) {
        unset($thrown);
    }
}
ob_end_clean();
gc_collect_cycles();
var_dump(memory_get_usage() - $before < 50_000);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
35 compared, 0 differences
bool(true)
