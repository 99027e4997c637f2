--TEST--
Methods are called in the order in which serialize() and unserialize() call them, on objects as complete
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

/** What is seen of a neighbour while it may be half made. */
function state(mixed $other): string
{
    return is_object($other) ? ($other->name ?? '?') . '(' . ($other->state ?? 'no state') . ')' : gettype($other);
}
trait Telling
{
    public string $state = 'new';
    public mixed $other = null;
    public array $list = [];
    public function __construct(public ?string $name = null, mixed $other = null,
        array $list = []) { $this->other = $other; $this->list = $list; }
    private function tell(string $what): void
    {
        echo "$what $this->name, other ", state($this->other), ', list ',
            implode(' ', array_map('state', $this->list)), "\n";
    }
}
class Asked
{
    use Telling;
    public function __serialize(): array { $this->tell('serialize');
        return [$this->name, 'other' => $this->other, 'list' => $this->list]; }
    public function __unserialize(array $data): void
    {
        [0 => $this->name, 'other' => $this->other, 'list' => $this->list] = $data;
        $this->tell('unserialize');
        $this->state = 'unserialized';
    }
    public function __destruct() { echo "destroy $this->name $this->state\n"; }
}
class Sleepy
{
    use Telling;
    public function __sleep(): array { $this->tell('sleep'); return ['name', 'other', 'list']; }
    public function __wakeup(): void { $this->tell('wakeup'); $this->state = 'woken'; }
    public function __destruct() { echo "destroy $this->name $this->state\n"; }
}
final class Old implements Serializable
{
    use Telling;
    public function serialize() { $this->tell('old serialize'); return serialize([$this->name, $this->other]); }
    public function unserialize($data) { [$this->name, $this->other] = unserialize($data);
        $this->tell('old unserialize'); $this->state = 'read'; }
}
final class Plain { use Telling; }

$ring = new Asked('ring');
$ring->other = new Sleepy('middle', new Asked('end', $ring));
$twins = new Sleepy('twins');
$twins->other = $twins->list[] = new Asked('twin', $twins);
$shared = new Asked('shared');
$values = [
    'list' => [new Sleepy('a'), new Asked('b'), new Plain('c'), new Sleepy('d'), new Asked('e'), new Old('f'),
        new Sleepy('g')],
    'sleepy in sleepy' => new Sleepy('a', new Sleepy('b', new Sleepy('c')), [new Sleepy('d'), new Sleepy('e')]),
    'asked in asked' => new Asked('a', new Asked('b', new Asked('c')), [new Asked('d'), new Asked('e')]),
    'alternating' => new Asked('a', new Sleepy('b', new Asked('c', new Sleepy('d'))),
        [new Sleepy('e', new Asked('f'))]),
    'below plain ones' => new Plain('p', new Sleepy('a', new Plain('q', new Asked('b'))),
        [new Asked('c'), new Plain('r', new Sleepy('d'))]),
    'old ones' => [new Sleepy('a', new Old('b')), new Old('c', new Old('d')), new Asked('e', new Old('f'))],
    'ring' => $ring,
    'ring from its middle' => [$ring->other, $ring],
    'twins' => $twins,
    'shared' => [new Sleepy('first', $shared), new Asked('second', $shared), $shared, [$shared]],
    'references' => (function () { $a = new Sleepy('a'); return [&$a, new Asked('b', $a, [&$a]), &$a]; })(),
    'in collections' => [new ArrayObject([new Sleepy('a'), new Asked('b')]), new ArrayIterator([new Asked('c')]),
        new Sleepy('d')],
    'in storage' => (function () { $s = new SplObjectStorage; $s[new Sleepy('key')] = new Asked('value');
        $s[new Asked('key 2')] = new Sleepy('value 2'); return [$s, new Sleepy('last')]; })(),
];

$cache = fresh_cache(16);
/** What is told while it is stored and read; then, in any order, what dies when nobody holds it. */
$told = function (callable $trip, mixed $value): array {
    ob_start();
    $found = $trip($value);
    $told = ob_get_clean();
    ob_start();
    unset($found);
    gc_collect_cycles();
    $died = explode("\n", ob_get_clean());
    sort($died);
    return [...explode("\n", $told), ...$died];
};
$lines = 0;
foreach ($values as $name => $value) {
    $expected = $told('plain_copy', $value);
    $actual = $told(function (mixed $value) use ($cache): mixed { $cache->set('key', $value); return $cache->get('key');
        }, $value);
    if ($actual !== $expected) {
        echo "$name:\n- ", implode("\n- ", $expected), "\n+ ", implode("\n+ ", $actual), "\n";
    }
    $lines += count($expected);
}
echo count($values), ' compared, ', $lines > 100 ? 'many' : $lines, " lines told\n";

ob_start();
unset($values, $value, $ring, $twins, $shared);
gc_collect_cycles();
ob_end_clean();
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
13 compared, many lines told
