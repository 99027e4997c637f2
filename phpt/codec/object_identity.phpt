--TEST--
An object that was in several places is one object again: also in circles, and with arrays in between
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

enum Side { case Left; case Right; }
final class Node
{
    public ?Node $parent = null;
    public array $children = [];
    public ?Node $twin = null;
    public function __construct(public string $name = '', Node ...$children)
    {
        foreach ($children as $child) {
            $child->parent = $this;
            $this->children[$child->name] = $child;
        }
    }
}
class Magic
{
    public $friend;
    public $list = [];
    public function __serialize(): array { return ['list' => $this->list, 'friend' => $this->friend]; }
    public function __unserialize(array $data): void { ['list' => $this->list, 'friend' => $this->friend] = $data; }
}
class Sleepy extends Magic
{
    public function __sleep(): array { return ['friend', 'list']; }
}

$tree = new Node('root', new Node('left', new Node('leaf')), new Node('right'));
$tree->twin = $tree->children['left']->children['leaf'];
$ring = new Node('first');
$ring->twin = new Node('second');
$ring->twin->twin = new Node('third');
$ring->twin->twin->twin = $ring;
$magic = new Magic;
$magic->friend = new Magic;
$magic->friend->friend = $magic;
$magic->list = [$magic->friend, [$magic]];
$own = new stdClass;
$own->self = $own->list[] = $own->deep['deep']['deep'] = $own;
$a = new stdClass;
$b = new stdClass;
$long = str_repeat('long', 1000);
$chain = null;
for ($i = 0; $i < 1000; ++$i) {
    $next = $chain;
    $chain = new Node((string) $i);
    $chain->twin = $next;
}

$values = [
    'twice' => [$a, $a],
    'twice, and an equal one' => [$a, $b, $a, $b, new stdClass],
    'far apart' => ['deep' => [[['deeper' => $a]]], 'list' => range(1, 50), 'text' => $long, 'flat' => $a],
    'tree' => $tree,
    'part of a tree' => $tree->children['left'],
    'tree, beginning below' => [$tree->twin, $tree],
    'ring' => $ring,
    'ring from its middle' => [$ring->twin, $ring, $ring->twin->twin],
    'itself' => $own,
    'itself in an array' => ['o' => $own, [$own]],
    'with methods' => $magic,
    'with methods, twice' => [$magic, $magic, $magic->friend],
    'with methods among others' =>
        (function () use ($magic, $a) { $o = new stdClass; $o->magic = $magic; $o->a = $a;
        return [$o, $magic->friend, $a, $o]; })(),
    'with __sleep' => (function () { $s = new Sleepy; $s->friend = $s; $s->list = [$s, new Sleepy];
        return [$s, $s->list[1], $s]; })(),
    'chain of 1000' => $chain,
    'as both ends' => [$a, range(1, 1000), $a],
    'one string, many objects' => array_map(function () use ($long) { $o = new stdClass; $o->text = $long; return $o; },
        range(1, 50)),
    'one array, many objects' => array_map(function () use ($tree) { $o = new stdClass;
        $o->array = ['pure' => [1, 2, [3]]]; $o->tree = $tree; return $o; }, range(1, 50)),
    'enums beside' => [Side::Left, $a, Side::Left, $a, Side::Right],
];

$cache = fresh_cache(16);
compare_round_trips($cache, $values);

$found = $cache->get('trip tree');
var_dump(
    $found->children['left']->parent === $found,
    $found->twin === $found->children['left']->children['leaf'],
    $found->twin->parent->parent === $found,
    $found->children['right'] !== $found->children['left'],
    $found !== $cache->get('trip tree'),
);
$found = $cache->get('trip itself');
var_dump($found->deep['deep']['deep'] === $found, $found->list[0] === $found->self);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
19 compared, 0 differences
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
