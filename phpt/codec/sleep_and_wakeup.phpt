--TEST--
__sleep names what is stored, in PHP's sense of names; __wakeup finds it
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

#[AllowDynamicProperties]
class Grandparent
{
    private $secret = 'grandparent';
    protected $shielded = 'shielded';
    public $open = 'open';
    public static $static = 'static';
    public function __construct() { $this->secret = 'set by grandparent'; $this->shielded = ['set'];
        $this->open = 'set'; }
}
#[AllowDynamicProperties]
class Sleeper extends Grandparent
{
    private $secret = 'sleeper';
    public int $typed;
    public ?array $list = [1, [2]];
    private $connection = 'a connection';
    public array $woken = [];
    private $names = [];
    public function __construct(mixed $names = [])
    {
        parent::__construct();
        $this->names = $names;
        $this->secret = 'set by sleeper';
        $this->list = ['set', ['deep' => []]];
    }
    public function __sleep()
    {
        $this->connection = null;
        return $this->names instanceof Closure ? ($this->names)($this) : $this->names;
    }
    public function __wakeup(): void
    {
        $this->connection ??= 'connected again';
        $this->woken[] = get_object_vars($this)['list'] ?? 'no list';
    }
}
final class Child extends Sleeper
{
    private $secret = 'child';
    public $own = ['own'];
    public function __construct(mixed $names) { parent::__construct($names); $this->secret = 'set by child';
        $this->own[] = 'set'; }
}
class OnlyWakeup
{
    public $a = [1];
    private $b = 'b';
    public int $count = 0;
    public function __wakeup(): void { ++$this->count; $this->a[] = 'woken'; unset($this->b); }
}
class OnlySleep
{
    public $kept = ['k', ['deep']];
    public $dropped = 'default';
    public function __sleep(): array { return ['kept']; }
}

/** Settings that are changed before it is stored. */
function with(object $object, array $properties): object
{
    foreach ($properties as $name => $value) {
        $object->$name = $value;
    }
    return $object;
}

$long = str_repeat('l', 3000);
$values = [
    'nothing' => new Sleeper([]),
    'public' => with(new Sleeper(['open', 'list']), ['open' => $long, 'list' => ['changed' => [1]]]),
    'private and protected' => new Sleeper(['secret', 'shielded', 'connection']),
    'in another order' => new Sleeper(['woken', 'list', 'open', 'secret']),
    'private of the grandparent' => new Sleeper(["\0Grandparent\0secret", 'secret']),
    'mangled names' => new Sleeper(["\0*\0shielded", "\0Sleeper\0secret", "\0Sleeper\0connection"]),
    'child' => new Child(['own', 'open', 'shielded']),
    'child, its own private' => new Child(["\0Child\0secret", 'own']),
    'child, private of the parents' => new Child(["\0Sleeper\0secret", "\0Grandparent\0secret", 'list']),
    'child, private without its class' => new Child(['secret', 'connection', 'names']),
    'dynamic' => with(new Sleeper(['made', '0', 'list']), ['made' => [1], '0' => 'zero']),
    'no such' => new Sleeper(['open', 'no such', 'list']),
    'no such, empty name' => new Sleeper(['', 'open']),
    'only no such' => new Sleeper(['no such']),
    'static' => new Sleeper(['static', 'open']),
    'twice' => new Sleeper(['open', 'list', 'open']),
    'uninitialized' => new Sleeper(['open', 'typed']),
    'with keys' => new Sleeper(['a' => 'open', 'b' => 'list']),
    'numbers' => new Sleeper([1, 'open', null, 2.5, true]),
    'a list in the list' => new Sleeper([['open'], 'list']),
    'no array' => new Sleeper('open'),
    'null' => new Sleeper(null),
    'no array, among others' => [1, new Sleeper(null), 'two'],
    'an object' => new Sleeper(new ArrayObject(['open'])),
    'adds properties' => new Sleeper(function ($o) { $o->added = 'a'; return ['added', 'open']; }),
    'removes properties' => new Sleeper(function ($o) { unset($o->open, $o->list); return ['open', 'list', 'woken']; }),
    'changes a list' => new Sleeper(function ($o) { $o->list[] = 'in sleep'; return ['list']; }),
    'only __wakeup' => [new OnlyWakeup, $o = new OnlyWakeup, $o],
    'only __sleep' => [with(new OnlySleep, ['dropped' => 'changed']), new OnlySleep],
    'one within another' => with(new OnlySleep, ['kept' => [new Sleeper(['list']), new OnlyWakeup]]),
    'itself' => (function () { $s = new OnlySleep; $s->kept = [$s, [$s]]; return $s; })(),
    'references' => (function () { $s = new OnlySleep; $s->kept = [1]; return [$s, &$s->kept, &$s->dropped]; })(),
];

// __sleep changes the object: each trip takes one that did not sleep yet.
$cache = fresh_cache(16);
$differences = 0;
foreach ($values as $name => $value) {
    $copy = in_array($name, ['itself', 'references', 'only __wakeup'], true) ? $value : copied($value);
    $expected = outcome('plain_copy', $copy) . describe_plainly($copy);
    $actual = outcome(fn($value) => $cache->set($name, $value) ? $cache->get($name) : 'not stored',
        $value) . describe_plainly($value);
    if ($actual !== $expected) {
        ++$differences;
        show_difference($name, $expected, $actual);
    }
}
echo count($values), " compared, $differences differences\n";

/** Without calling methods. */
function copied(mixed $value): mixed
{
    return is_array($value) ? array_map('copied', $value) : (is_object($value)
        && !$value instanceof Closure ? clone $value : $value);
}

function describe_plainly(mixed $value): string
{
    return preg_replace('/#\d+/', '#', print_r($value, true));
}
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
32 compared, 0 differences
