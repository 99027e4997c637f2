--TEST--
A value that changes while it is stored, by the methods that are asked for its parts, is stored somehow
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';

// What methods do to what lies around them, before or after it was looked at.
final class Act
{
    public static ?Closure $act = null;
    public static array $made = [];
}
final class A
{
    public function __construct(public string $name = 'a', public mixed $more = null) {}
    public function __serialize(): array { (Act::$act)($this); return ['name' => $this->name, 'more' => $this->more]; }
    public function __unserialize(array $data): void { ['name' => $this->name, 'more' => $this->more] = $data; }
}
final class S
{
    public $name = 's';
    public $list = [1, 2];
    public $inner;
    public function __sleep(): array { (Act::$act)($this); return ['name', 'list']; }
}
final class Old implements Serializable
{
    public $name = 'old';
    public function serialize() { (Act::$act)($this); return $this->name; }
    public function unserialize($data) { $this->name = $data; }
}

$long = str_repeat('l', 3000);
$cache = fresh_cache(16);
$shared = [];
$holder = null;
$acts = [
    'grows' => function () use (&$shared) { for ($i = 0; $i < 1000; ++$i) { $shared[] = $i; } },
    'grows by long strings' => function () use (&$shared,
        $long) { for ($i = 0; $i < 20; ++$i) { $shared["k$i$long"] = "$long$i"; } },
    'grows by objects' => function () use (&$shared) { for ($i = 0; $i < 50;
        ++$i) { $shared[] = new ArrayObject([$i]); } },
    'grows by itself' => function () use (&$shared) { $shared[] = $shared; $shared['r'] = &$shared; },
    'grows by those that act' => function () use (&$shared) { count(Act::$made) < 20
        && $shared[] = Act::$made[] = new A('made'); },
    'is emptied' => function () use (&$shared) { $shared = []; },
    'loses one' => function () use (&$shared) { array_shift($shared); array_pop($shared); },
    'becomes a string' => function () use (&$shared, $long) { $shared = $long; },
    'becomes an int' => function () use (&$shared) { $shared = 1; },
    'becomes an object' => function () use (&$shared) { $shared = new ArrayObject([new stdClass]); },
    'becomes one that acts' => function () use (&$shared) { $shared = new S; },
    'becomes a closure' => function () use (&$shared) { $shared = fn() => 1; },
    'becomes a resource' => function () use (&$shared) { $shared = ['r' => fopen('php://memory', 'r')]; },
    'becomes impure' => function () use (&$shared) { $shared[] = [new stdClass]; $shared['r'] = &$shared[0]; },
    'is sorted' => function () use (&$shared) { if (is_array($shared)) { krsort($shared);
        $shared = array_values($shared); } },
    'strings change' => function () use (&$shared,
        $long) { foreach ($shared as &$value) { $value = is_string($value) ? "$value$long" : $value; } },
    'properties come' => function (object $o) use (&$holder) { for ($i = 0; $i < 100;
        ++$i) { $holder->{"new $i"} = [$i]; } },
    'properties go' =>
        function (object $o) use (&$holder) { foreach (array_keys(get_object_vars($holder)) as $name) { unset($holder->$name); } },
    'properties of its own go' => function (object $o) { if ($o instanceof S) { unset($o->name, $o->list); } },
    'properties change' => function (object $o) use (&$holder,
        $long) { foreach (get_object_vars($holder) as $name =>
        $value) { $holder->$name = [$long, [1, [2]], new stdClass]; } },
    'objects die' => function () use (&$shared, &$holder) { $shared = null; $holder->list = $holder->a = null;
        gc_collect_cycles(); },
    'the variable that is stored' => function () { global $value; $value['more'] = 1; unset($value[0], $value['a']); },
    'the variable is gone' => function () { unset($GLOBALS['value']); gc_collect_cycles(); },
    'the cache changes' => function () use ($cache) { $cache->set('value', 'in between'); $cache->clear();
        $cache->set('x', str_repeat('x', 100_000)); },
    'the same is stored' => function () use (&$shared, $cache) { static $depth = 0;
        if (!$depth++) { try { $cache->set('value', [&$shared, new A('inner')]); } finally { $depth = 0; } } },
];
$makers = [
    'before and after' => function () use (&$shared) { return [&$shared, new A, &$shared]; },
    'before' => function () use (&$shared) { return [&$shared, new A]; },
    'after' => function () use (&$shared) { return [new A, &$shared]; },
    'around' => function () use (&$shared) { $shared['a'] = new A; return ['s' => &$shared, 't' => &$shared]; },
    'sleepy' => function () use (&$shared) { return [&$shared, 'a' => new S, [&$shared],
        new A('last', ['pure' => [1, [2]]])]; },
    'old' => function () use (&$shared) { return [&$shared, 'a' => new Old, &$shared]; },
    'object' => function () use (&$shared, &$holder) { $holder->a = new A; $holder->list = &$shared; $holder->s = new S;
        $holder->last = 'l'; return [$holder, &$shared]; },
];
// The last one never comes to rest: whenever somebody is asked, there is a new one to ask.
$refusable = ['becomes a closure', 'becomes a resource', 'becomes one that acts'];
$tried = 0;
foreach ($acts as $act => $code) {
    foreach ($makers as $kind => $make) {
        $shared = [1, 'two', 'x' => $long, [3, [4]], 'e' => []];
        $holder = new stdClass;
        $holder->first = ['f' => [1]];
        Act::$made = [];
        $value = $make();
        Act::$act = $code;
        $refused = false;
        try {
            $is_stored = @$cache->set('value', $value);
        } catch (Exception $thrown) {
            $refused = true;
        }
        ++$tried;
        unset($value);
        Act::$act = fn() => null;
        if ($refused) {
            if (!in_array($act, $refusable, true)) {
                echo "$act, $kind: ", $thrown->getMessage(), "\n";
            }
            continue;
        }
        // Which of the states is seen is nobody's promise: that it is one of them, and readable, is.
        $found = $cache->get('value', 'missing');
        if (!$is_stored || !is_array($found)) {
            echo "$act, $kind: not stored\n";
            continue;
        }
        strlen(serialize($found)) > 10 || print("$act, $kind: hardly anything\n");
        $place = ['before and after' => 1, 'before' => 1, 'after' => 0][$kind] ?? null;
        if ($place !== null && (!$found[$place] instanceof A || $found[$place]->name !== 'a')) {
            echo "$act, $kind: A is gone\n";
        }
        foreach ($found as &$inner) {
            if ($inner instanceof A && !in_array($inner->name, ['a', 'last', 'made', 'inner'], true)) {
                echo "$act, $kind: A is damaged\n";
            }
            $inner = is_array($inner) ? [...array_values($inner), 'written'] : [$inner];
        }
        unset($inner, $found);
        gc_collect_cycles();
    }
}
echo "$tried tried\n";
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
175 tried
