<?php
// A worker that sets, gets and deletes values of every kind for long has no more memory at its end
// than after its first few thousand operations.
//   many_kinds.php [OPERATIONS]
require __DIR__ . '/checks.php';

error_reporting(E_ALL & ~E_DEPRECATED);

const WARM_UP = 5000;
const KEYS = 200;
// Of malloc's heap.
const HEAP_SLACK = 64 << 10;

enum Suit: string { case Hearts = 'h'; case Spades = 's'; }
class Plain {
    public int $id = 1;
    protected ?string $name = null;
    private array $list = [];
    public mixed $other = null;
}
class Child extends Plain { public readonly array $fixed; public float $never_set; }
#[AllowDynamicProperties]
class Open { }
class Custom {
    public function __construct(private mixed $inner) { }
    public function __serialize(): array { return ['inner' => $this->inner, 'made' => [str_repeat('m', 3000)]]; }
    public function __unserialize(array $data): void { $this->inner = $data['inner']; }
}
class Sleeper {
    public $kept = ['kept'];
    public $dropped;
    public function __sleep(): array { return ['kept']; }
    public function __wakeup(): void { $this->dropped = new Plain; }
}
class NotStored {
    public $list = [1, [2]];
    public function __serialize(): array { throw new LogicException('not stored'); }
}
class NotFetched {
    public $list = [1, [2]];
    public function __serialize(): array { return [$this->list, new Plain, str_repeat('n', 5000)]; }
    public function __unserialize(array $data): void { throw new LogicException('not fetched'); }
}
class Guest {
    public function __serialize(): array {
        $GLOBALS['cache']->set('guest', [1, [2]]);
        return ['x' => [1]];
    }
    public function __unserialize(array $data): void {
        $GLOBALS['cache']->get('guest');
        $GLOBALS['cache']->delete('guest');
    }
}
if (PHP_VERSION_ID > 0) {  // at run time, when deprecations are ignored
    class Old implements Serializable {
        public $text = 'old';
        public function serialize() { return $this->text; }
        public function unserialize($data) { $this->text = $data; }
    }
}

/** Makes a value anew each time; $n makes them differ. */
function value_of_kind(int $kind, int $n): mixed
{
    $n += 10000000;  // always as long
    switch ($kind) {
        case 0: return null;
        case 1: return $n % 2 === 0;
        case 2: return $n;
        case 3: return $n / 7;
        case 4: return '';
        case 5: return "short $n";
        case 6: return str_repeat("long $n ", 600);
        case 7: return str_repeat("$n", 10000);
        case 8: return [];
        case 9: return [1, 'two', 3.0, null, "five $n"];
        case 10: return ['a' => 1, "b$n" => "text $n", '' => [], 'nested' => ['x' => ["y $n" => [$n]]]];
        case 11: return array_map(fn (int $i) => "string $i of $n", range(1, 300));
        case 12:
            $numbers = range($n, $n + 1000);
            return [$numbers, 'the same' => $numbers];
        case 13:
            $array = range(0, 20);
            unset($array[3], $array[$n % 20], $array[20]);
            return $array;
        case 14:
            $array = ['key ' . $n => 1, 'gone' => 2, 5 => str_repeat('s', 2500)];
            unset($array['gone']);
            return $array;
        case 15:
            $inner = ["inner $n", str_repeat('i', 100)];
            return [$inner, $inner, 'again' => [$inner, str_repeat("$n", 1000)]];
        case 16:
            $value = "referenced $n";
            return [&$value, 'two' => &$value, [&$value]];
        case 17:
            $array = ["cyclic $n", [1, 2]];
            $array['self'] = &$array;
            // If it had the only reference to itself, serialize() would make null of it.
            $GLOBALS['kept'] = [&$array];
            return $array;
        case 18: return (object) ['a' => 1, "b$n" => [1, 2, "c $n"]];
        case 19: return new Plain;
        case 20:
            $object = new Child;
            $object->other = ["other $n", str_repeat('o', 2100)];
            return [$object, $object];
        case 21:
            [$one, $two] = [new Plain, new Open];
            $one->other = $two;
            $two->{"back $n"} = $one;
            return $one;
        case 22: return [Suit::Hearts, 'other' => Suit::Spades, Suit::Hearts];
        case 23: return new Custom(["inner $n", new Custom(null)]);
        case 24: return [new Sleeper, new Sleeper];
        case 25: return new Old;
        case 26: return new DateTimeImmutable('2026-11-22 21:42:00 Europe/Berlin');
        case 27: return [new DateInterval('P1D'), new DateTimeZone('UTC'), new DateTime('@' . $n)];
        case 28: return new ArrayObject(["element $n", 'object' => new Plain]);
        case 29:
            $storage = new SplObjectStorage;
            $storage[new Plain] = ["data $n"];
            return $storage;
        case 30: return SplFixedArray::fromArray(["fixed $n", 2, [3]]);
        case 31: return array_map(fn (int $i) => (object) ['id' => $i, 'name' => "name $i"], range(1, 30));
        case 32: return new Guest;
        case 33: return new NotFetched;
        case 34: return ['before' => ["x $n"], new NotStored, 'behind' => 1];
        case 35: return [["x $n"], ['closure' => fn () => $n]];
        case 36: return [["x $n", new Plain], STDIN];
        case 37: return [new Plain, new class { public $list = [1]; }];
    }
    throw new LogicException;
}
const KINDS = 38;
const REFUSED = [33, 34, 35, 37];
const PERHAPS_REFUSED = [36];  // serialize() takes a resource for a zero

function look_at_every_kind(NitroCache $cache, string $when): void
{
    foreach (range(0, KINDS - 1) as $kind) {
        try {
            $expected = value_of_kind($kind, 1);
            $stored = $cache->set('kind', $expected);
            $seen = $cache->get('kind');
            $is_right = $stored && !in_array($kind, REFUSED, true)
                && serialize($seen) === serialize(unserialize(serialize($expected)));
        } catch (Exception $exception) {
            $is_right = in_array($kind, [...REFUSED, ...PERHAPS_REFUSED], true);
            $seen = $exception->getMessage();
        }
        $is_right || check("$when kind $kind comes back or is refused", false, expected: $expected, seen: $seen);
    }
    check("$when values of " . KINDS . ' kinds come back or are refused', true);
}

/** Writes into a value, at some places. */
function modify(mixed &$value): void
{
    if (is_array($value)) {
        $value[] = 'appended';
        foreach ($value as &$element) {
            if (is_array($element) && count($element) < 100) {
                $element['new'] = [1];
                ksort($element);
            } elseif (is_string($element)) {
                $element .= ' modified';
            }
        }
        array_pop($value);
        unset($value['a'], $value[1]);
    } elseif (is_string($value)) {
        $value .= '.';
    } elseif ($value instanceof Plain) {
        $value->other = [$value, 'modified'];
    }
}

function operate(NitroCache $cache, int $n): void
{
    if ($n % 1000 === 0) {
        gc_collect_cycles();
    }
    $key = 'key ' . $n * 7919 % KEYS;
    $other = 'key ' . $n * 104729 % KEYS;
    try {
        switch (intdiv($n, KINDS) % 10) {
            case 0: case 1: case 2:
                $cache->set($key, value_of_kind($n % KINDS, $n));
                break;
            case 3:
                $cache->set($key, value_of_kind($n % KINDS, $n), $n % 2 === 0 ? 100 : 0.001);
                $value = $cache->get($key);
                modify($value);
                break;
            case 4:
                $value = $cache->get($key, ['default']);
                $again = $cache->get($key);
                modify($again);
                break;
            case 5:
                $cache->set($other, [$cache->get($key), 'beside' => $cache->get($other)]);
                // Not more and more levels.
                $cache->get($other);
                $cache->set($other, value_of_kind($n % KINDS, $n));
                break;
            case 6:
                $cache->setMultiple([$key => value_of_kind($n % KINDS, $n), $other => [$n, [$key]]]);
                break;
            case 7:
                foreach ($cache->getMultiple([$key, $other, 'absent'], [1]) as $value) {
                    modify($value);
                }
                break;
            case 8:
                $value = $cache->get($key);
                $cache->delete($key);
                modify($value);
                $cache->has($key);
                break;
            case 9:
                $cache->deleteMultiple([$key, $other]);
                $cache->increment($key);
                break;
        }
    } catch (Exception|Error $exception) {
        count_exception($exception);
    }
}

function count_exception(Throwable $exception): void
{
    global $thrown;
    if (get_class($exception) === LogicException::class) {
        $thrown['by classes']++;
    } else {
        // A NitroCacheException, or what serialize() throws.
        $thrown['by the cache']++;
    }
}

/** The size of malloc's heap, which memory_get_usage() knows nothing of; 0 where the system does not say. */
function heap(): int
{
    $maps = (string) @file_get_contents('/proc/self/maps');
    return preg_match('/^([0-9a-f]+)-([0-9a-f]+) .*\[heap\]$/m', $maps, $found) === 1
        ? hexdec($found[2]) - hexdec($found[1]) : 0;
}

function memory(): int
{
    while (gc_collect_cycles() > 0) {
    }
    return memory_get_usage();
}

$operations = (int) ($argv[1] ?? 100000);
$thrown = ['by classes' => 0, 'by the cache' => 0];
$cache = new NitroCache();

look_at_every_kind($cache, 'in the beginning');

$n = $before = $after = $heap_before = $heap_after = 0;
heap();
// PHP's table of objects never becomes smaller.
$objects = array_map(fn () => new stdClass, range(1, 20000));
unset($objects);
for (; $n < WARM_UP; $n++) {
    operate($cache, $n);
}
$before = memory();
$heap_before = heap();
for (; $n < WARM_UP + $operations; $n++) {
    operate($cache, $n);
}
$after = memory();
$heap_after = heap();
$stats = $cache->getStats();

printf("%d sets, %d hits, %d misses, %d deletes, %d exceptions of classes, %d of the cache, %d evictions\n",
    $stats['sets'], $stats['hits'], $stats['misses'], $stats['deletes'], $thrown['by classes'],
    $thrown['by the cache'], $stats['evictions']);
check('operations of every kind took place', $stats['sets'] > $operations / 3 && $stats['hits'] > $operations / 10
    && min($thrown) > $operations / 1000, stats: $stats, thrown: $thrown);
printf("memory_get_usage(): %d bytes after %d operations, %d after %d more\n", $before, WARM_UP, $after, $operations);
check('memory is what it was', $after === $before, difference: $after - $before);
printf("malloc's heap: %d KB, then %d KB\n", $heap_before >> 10, $heap_after >> 10);
check('nor has malloc\'s heap grown', $heap_after - $heap_before <= HEAP_SLACK,
    before: $heap_before, after: $heap_after);
// Now that this process has used up its pins.
look_at_every_kind($cache, 'in the end');
