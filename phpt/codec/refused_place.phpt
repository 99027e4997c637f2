--TEST--
A value that cannot be stored is refused with the place of what is at fault; what was stored stays
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

class Box
{
    public mixed $open = null;
    protected mixed $shielded = null;
    private mixed $hidden = null;
    public function shield(mixed $what): static { $this->shielded = $what; return $this; }
    public function hide(mixed $what): static { $this->hidden = $what; return $this; }
}
final class Asked
{
    public function __construct(private mixed $what) {}
    public function __serialize(): array { return ['asked' => [$this->what]]; }
    public function __unserialize(array $data): void {}
}
final class Sleepy
{
    public $kept;
    public $dropped;
    public function __sleep(): array { return ['kept']; }
}
function box(mixed $open): Box
{
    $box = new Box;
    $box->open = $open;
    return $box;
}
function sleepy(mixed $kept, mixed $dropped = null): Sleepy
{
    $sleepy = new Sleepy;
    [$sleepy->kept, $sleepy->dropped] = [$kept, $dropped];
    return $sleepy;
}

$cache = fresh_cache(16);
$closure = fn() => 1;
$values = [
    'root' => $closure,
    'handler' => ['a' => ['handler' => [1, 2, fn() => 1]]],
    'first of two' => ['fine' => [1], 'bad' => $closure, 'also bad' => $closure],
    'list' => [[0], [0, $closure]],
    'negative key' => [-5 => $closure],
    'numeric key' => ['x' => ['17' => $closure]],
    'property' => box($closure),
    'property of an element' => ['list' => [1, 2, 3, box($closure)]],
    'element of a property' => box(['x' => [$closure]]),
    'property of a property' => box(box((object) ['p' => $closure])),
    'protected property' => [(new Box)->shield($closure)],
    'private property' => [(new Box)->hide(['deep' => $closure])],
    'by reference' => (function () use ($closure) { $x = [$closure]; return ['r' => &$x, 's' => &$x]; })(),
    'after a circle' => (function () use ($closure) { $a = new Box; $b = box($a); $a->open = [$b, $closure];
        return $b; })(),
    'out of __sleep' => ['s' => sleepy($closure)],
    'generator' => ['g' => (function () { yield 1; })()],
    'anonymous class' => box([new class {}]),
    'anonymous class that could' => [new class { public function __serialize(): array { return []; } }],
    'reflection' => (object) ['r' => new ReflectionClass(Box::class)],
    'weak map' => [new WeakMap],
    'fiber' => ['f' => new Fiber(fn() => 1)],
    'cache' => ['c' => $cache],
    'resource' => fopen('php://memory', 'r'),
    'resource in an array' => ['x' => [1, fopen('php://memory', 'r')]],
    'resource in a property' => box(['file' => fopen('php://memory', 'r')]),
    'closed resource' => (function () { $file = fopen('php://memory', 'r'); fclose($file);
        return ['closed' => $file]; })(),
    'far behind' => [range(1, 10_000), str_repeat('x', 100_000), 'end' => $closure],
];
$cache->set('key', ['old']);
foreach ($values as $name => $value) {
    try {
        $cache->set('key', $value);
        echo "$name: not refused\n";
    } catch (Throwable $thrown) {
        $place = preg_match('/value\S*/', $thrown->getMessage(), $match) ? $match[0] : $thrown->getMessage();
        echo "$name: ", $thrown instanceof NitroCacheException ? '' : get_class($thrown) . ' ', $place, "\n";
    }
    if ($cache->get('key') !== ['old']) {
        echo "$name: the old value is gone\n";
        $cache->set('key', ['old']);
    }
}

// What __serialize gave is not a part of the value that the user wrote: only where it is, is said.
try {
    $cache->set('key', ['x' => [new Asked($closure)]]);
} catch (Throwable $thrown) {
    var_dump($thrown instanceof NitroCacheException, preg_match('/value\[.?x.?\]\[0\]/', $thrown->getMessage()));
}
// A name that is none is no reason to run an error handler in the middle of it.
set_error_handler(fn() => print("the error handler runs\n"));
show_exception(fn() => $cache->set('key', (object) ["\0" => $closure]));
restore_error_handler();
// Nobody looks at what is not stored.
var_dump($cache->set('sleepy', sleepy('kept', $closure)), $cache->get('sleepy')->kept);
// Several at once: those before it are stored.
try {
    $cache->setMultiple(['first' => 1, 'second' => [$closure], 'third' => 3]);
} catch (Throwable $thrown) {
    var_dump(strstr($thrown->getMessage(), 'value'), $cache->get('first'), $cache->get('second'));
}
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
root: value
handler: value['a']['handler'][2]
first of two: value['bad']
list: value[1][1]
negative key: value[-5]
numeric key: value['x'][17]
property: value->open
property of an element: value['list'][3]->open
element of a property: value->open['x'][0]
property of a property: value->open->open->p
protected property: value[0]->shielded
private property: value[0]->hidden['deep']
by reference: value['r'][0]
after a circle: value->open->open[1]
out of __sleep: value['s']->kept
generator: value['g']
anonymous class: value->open[0]
anonymous class that could: value[0]
reflection: value->r
weak map: value[0]
fiber: value['f']
cache: value['c']
resource: value
resource in an array: value['x'][1]
resource in a property: value->open['file']
closed resource: value['closed']
far behind: value['end']
bool(true)
int(1)
NitroCacheException: An object of class Closure cannot be stored: value->\x00
bool(true)
string(4) "kept"
string(8) "value[0]"
int(1)
NULL
