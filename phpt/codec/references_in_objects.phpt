--TEST--
Properties that are one variable stay one variable, typed ones with their types
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

class Typed
{
    public int $int = 1;
    public int|string $wide = 1;
    public ?array $array = [];
    public ?Typed $next = null;
    public $untyped;
    private ?int $hidden = null;
    protected array $list = [];
    public function share_hidden(): static { $this->hidden = 7; $this->untyped = &$this->hidden; return $this; }
    public function share_list(): static { $this->list = [1, 2]; $this->array = &$this->list; return $this; }
}
class MagicPair
{
    public $one;
    public $two;
    public function __serialize(): array { return ['pair' => [&$this->one, &$this->two], 'one' => &$this->one]; }
    public function __unserialize(array $data): void { $this->one = &$data['pair'][0]; $this->two = &$data['pair'][1]; }
}

/** @param callable(Typed, Typed): mixed $share */
function typed(callable $share): mixed
{
    $first = new Typed;
    return $share($first, new Typed) ?? $first;
}

$values = [
    'two properties of stdClass' => (function () { $o = new stdClass; $o->a = 1; $o->b = &$o->a; return $o; })(),
    'property and element' => (function () { $o = new stdClass; $o->a = [1]; return [$o, 'r' => &$o->a]; })(),
    'element and property' => (function () { $o = new stdClass; $o->a = [1]; return ['r' => &$o->a, 'o' => $o]; })(),
    'single' => (function () { $x = 'x'; $o = new stdClass; $o->a = &$x; return $o; })(),
    'to the object itself' => (function () { $o = new stdClass; $o->self = &$o; return $o; })(),
    'array property that holds itself' =>
        (function () { $o = new stdClass; $o->a = ['x']; $o->a['self'] = &$o->a; return $o; })(),
    'untyped' => typed(function ($a) { $a->untyped = 5; $x = &$a->untyped; return [$a, &$x]; }),
    'typed, with a plain element' => typed(function ($a) { $x = &$a->int; return [$a, &$x]; }),
    'plain element, then typed' => typed(function ($a) { $x = &$a->int; return [&$x, $a]; }),
    'typed and untyped' => typed(function ($a) { $a->untyped = &$a->int; }),
    'narrow and wide' => typed(function ($a) { $a->wide = &$a->int; }),
    'typed in two objects' => typed(function ($a, $b) { $b->int = &$a->int; $a->next = $b; }),
    'typed array' => typed(function ($a) { $a->array = [1, [2]]; $a->untyped = &$a->array; }),
    'hidden' => typed(fn($a) => $a->share_hidden()),
    'protected' => typed(fn($a) => $a->share_list()),
    'typed object' => typed(function ($a, $b) { $a->next = $b; $a->untyped = &$a->next; }),
    'typed object, in a cycle' => typed(function ($a, $b) { $a->next = $b; $b->next = &$a->next; }),
    'typed null' => typed(function ($a) { $a->untyped = &$a->next; $a->next = null; }),
    'through __serialize' => (function () { $m = new MagicPair; $m->one = 1; $m->two = &$m->one; return [$m, $m]; })(),
    'through __serialize, two variables' =>
        (function () { $m = new MagicPair; $m->one = 1; $m->two = 1; return $m; })(),
    'through __serialize, shared outside' =>
        (function () { $m = new MagicPair; $m->one = [1]; return [$m, &$m->one, &$m->two]; })(),
];
compare_round_trips(fresh_cache(16), $values);

// A reference that leads to a typed property keeps its type: what may not be written is refused.
$writes = [
    'string into int' => function ($value) { $value[1] = 'no int'; return $value; },
    'float with a fraction' => function ($value) { $value[1] = 1.5; return $value; },
    'numeric string' => function ($value) { $value[1] = '12'; return $value; },
    'int' => function ($value) { $value[1] = 42; return $value; },
    'beyond' => function ($value) { $value[1] = PHP_INT_MAX; ++$value[1]; return $value; },
    'array' => function ($value) { $value[1][] = 'x'; return $value; },
    'unset property' => function ($value) { unset($value[0]->int, $value[0]->array); $value[1] = 'free';
        return $value; },
];
$pairs = [
    'int' => typed(fn($a) => [$a, &$a->int]),
    'array' => typed(fn($a) => [$a, &$a->array]),
    'both' => typed(function ($a) { $a->wide = &$a->int; return [$a, &$a->int]; }),
    'objects' => typed(fn($a, $b) => [($a->next = $b) ? $a : $a, &$a->next]),
];
compare_steps(new NitroCache(name: cache_name()), $pairs, $writes);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
21 compared, 0 differences
all compared, 0 differences
