--TEST--
Objects come back with their properties: whatever their names, types, visibility, order and state
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

class Grandparent
{
    private string $secret = 'grandparent';
    protected array $list = [];
    public ?int $number = null;
    public function grandparent(string $secret): static { $this->secret = $secret; return $this; }
}
class ParentClass extends Grandparent
{
    private string $secret = 'parent';
    private ?self $hidden = null;
    public function parent(string $secret, ?self $hidden): static { $this->secret = $secret; $this->hidden = $hidden;
        return $this; }
}
class Child extends ParentClass
{
    public string $secret = 'child';
    public array $list = [1];
    public static array $static = ['not stored'];
}
#[AllowDynamicProperties]
final class Typed
{
    public int $int = 1;
    public float $float = 1.5;
    public ?string $string;
    public int|string|null $union = null;
    public iterable $iterable = [];
    public self|array $self = [];
    public mixed $mixed;
    public $untyped;
    public Countable&Traversable $both;
    public readonly array $once;
    public readonly ?Typed $next;
    public readonly int $never;
    public function once(array $list): static { $this->once = $list; return $this; }
    public function next(?Typed $next): static { $this->next = $next; return $this; }
}
#[AllowDynamicProperties]
class Nothing {}

/** @param callable(object): mixed $change */
function changed(object $object, callable $change): object
{
    $change($object);
    return $object;
}

$values = [
    'nothing' => new Nothing,
    'stdClass' => new stdClass,
    'stdClass with names' => (object) ['a' => 1, 'B' => [2], 'c d' => null, 'ключ' => 'utf-8', "\xff" => 'byte',
        '-' => 1, 'a-b' => 2],
    'stdClass with odd names' => (object) ['' => 'empty', '0' => 'zero', '7' => 7, '-1' => 'minus', '007' => 'bond',
        "a\0b" => 'NUL'],
    'numeric names made later' => changed(new stdClass,
        function ($o) { $o->{'1'} = 'one'; $o->{'0'} = 'zero'; $o->{''} = 'none'; }),
    'numeric names from a list' => (object) ['a', 'b', 5 => 'c', PHP_INT_MAX => 'max', -1 => 'minus'],
    'removed and made again' => changed((object) ['a' => 1, 'b' => 2, 'c' => 3],
        function ($o) { unset($o->a, $o->b); $o->a = 'again'; }),
    'all removed' => changed((object) ['a' => 1, 'b' => 2], function ($o) { unset($o->a, $o->b); }),
    'many' => (object) array_combine(array_map(fn($i) => "property $i", range(1, 500)), range(1, 500)),
    'private of three' => (new Child)->grandparent('g')->parent('p', new Child),
    'declared, changed' => changed(new Child,
        function ($o) { $o->number = 5; $o->list = ['x' => [1, 2]]; $o->secret = str_repeat('s', 3000); }),
    'declared, some unset' => changed(new Child, function ($o) { unset($o->number, $o->secret); }),
    'untouched' => new Typed,
    'initialized' => changed((new Typed)->once([1, ['deep']])->next((new Typed)->once([])), function ($o) {
        $o->string = null;
        $o->mixed = ['m'];
        $o->both = new ArrayObject([1]);
        $o->self = $o->next;
        $o->union = 'u';
        $o->float = -0.0;
    }),
    'uninitialized by unset' => changed(new Typed, function ($o) { unset($o->int, $o->untyped, $o->iterable); }),
    'int in a float' => changed(new Typed, function ($o) { $o->float = 3; }),
    'dynamic' => changed(new Nothing, function ($o) { $o->made = 1; $o->{'0'} = 'zero'; $o->up = ['list' => [1]]; }),
    'dynamic beside declared' => changed(new Typed,
        function ($o) { $o->made = 1; unset($o->int); $o->int = 9; $o->later = 2; }),
    'as elements' => [new Nothing, 'o' => new Child, [new stdClass, [(object) ['deep' => new Typed]]]],
    'many of a class' => array_map(fn($i) => changed(new Child, function ($o) use ($i) { $o->number = $i; }),
        range(1, 300)),
];
$cache = fresh_cache(16);
compare_round_trips($cache, $values);

// And what comes back works: types, readonly and magic as ever.
Child::$static = ['changed since'];
$steps = [
    'read' => fn($o) => [(array) $o, get_object_vars($o), get_mangled_object_vars($o), json_encode($o),
        var_export($o, true), print_r($o, true)],
    'iterated' => function ($o) { $seen = [];
        foreach ($o as $name => $value) { $seen[] = [$name, $value]; } return $seen; },
    'written' => function ($o) { $o->number = 12; $o->list = ['w']; $o->untyped = $o; $o->{'0'} = 'new'; return $o; },
    'appended to' => function ($o) { $o->list[] = 'appended'; $o->iterable[] = 'i'; $o->mixed['x']['y'] = 1;
        return $o; },
    'wrong type' => function ($o) { $o->secret = []; $o->int = 'text'; },
    'readonly' => fn($o) => [$o instanceof Typed && $o->once([2]), $o],
    'readonly, uninitialized' => fn($o) => $o->never,
    'cloned' => function ($o) { $c = clone $o; $c->list = []; unset($c->number, $c->b); return [$o, $c, $c == $o]; },
    'unset' => function ($o) { foreach (array_keys((array) $o) as $name) { if (is_int($name) || $name === ''
        || $name[0] !== "\0") { unset($o->$name); } } return $o; },
    'reflected' => fn($o) => array_map(fn($p) => [$p->getName(), $p->isInitialized($o), $p->isDefault()],
        (new ReflectionObject($o))->getProperties()),
    'static' => fn($o) => [$o::class, $o instanceof Child ? $o::$static : null],
];
compare_steps($cache, array_filter($values, 'is_object'), $steps);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
20 compared, 0 differences
all compared, 0 differences
