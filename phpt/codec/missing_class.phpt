--TEST--
An object of a class that a process does not have comes as an incomplete one, and is whole again elsewhere
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';

class Base
{
    private $secret = 'base';
    protected array $list = [];
    public ?Base $next = null;
    public function with(array $list, mixed $secret,
        ?Base $next = null): static { [$this->list, $this->secret, $this->next] = [$list, $secret, $next];
        return $this; }
}
#[AllowDynamicProperties]
final class Leaf extends Base
{
    private $secret = 'leaf';
    public int $number = 7;
    public int $uninitialized;
}
final class Asked
{
    public function __construct(private array $data = []) {}
    public function __serialize(): array { return ['given' => $this->data, 7 => 'seven']; }
    public function __unserialize(array $data): void { $this->data = $data['given']; }
}
final class Sleepy { public $kept = ['k']; public $dropped = 1;
    public function __sleep(): array { return ['kept'];
    } public function __wakeup(): void { $this->dropped = 'woken'; } }
final class Extended extends ArrayObject { public array $own = ['o']; }
final class Date extends DateTimeImmutable { public $own = 'o'; }

$leaf = (new Leaf)->with([1, ['deep' => [2]]], str_repeat('s', 3000), (new Leaf)->with([], null));
$leaf->dynamic = ['d'];
$values = [
    'alone' => $leaf,
    'twice' => [$leaf, 'known' => new stdClass, [$leaf]],
    'ring' => (function () { $a = new Leaf; $b = (new Base)->with([$a], 1, $a); $a->next = $b; return [$a, $b]; })(),
    'among known ones' => (object) ['leaf' => $leaf, 'list' => [1, 2, new ArrayObject([new Base])], 'date' =>
        new DateTime('2000-01-01 UTC')],
    'references' => (function () { $a = new Leaf; $x = [1]; $a->shared = &$x; return [$a, &$x]; })(),
    'asked' => new Asked(['list' => [1, [2]], 'leaf' => $leaf]),
    'asked, list' => [new Asked, new Asked([1])],
    'sleepy' => [new Sleepy, $leaf],
    'extended' => [new Extended([1, 'a' => $leaf]), new Date('2000-01-01 UTC')],
];

$code = <<<'CODE'
    $cache = new NitroCache(name: $name);
    function seen(mixed $value): string
    {
        ob_start();
        var_dump($value);
        return serialize($value) . preg_replace('/#\d+/', '#', ob_get_clean());
    }
    foreach ($cache->get('names') as $kind) {
        $found = $cache->get($kind);
        $expected = unserialize($cache->get("bytes of $kind"));
        if (seen($found) !== seen($expected)) {
            echo "$kind:\n- ", seen($expected), "\n+ ", seen($found), "\n";
        }
        // Stored again, as it is and as a part.
        $cache->set("again $kind", [$found, 'and' => $found, 'pure' => [1, [2]]]) || print("$kind: not stored again\n");
        $cache->set("same $kind", $cache->get($kind)) || print("$kind: not stored again\n");
        if (seen($cache->get("same $kind")) !== seen($expected)) {
            echo "$kind: different when stored again\n";
        }
    }
    $alone = $cache->get('alone');
    echo get_class($alone), ' ', ((array) $alone)['__PHP_Incomplete_Class_Name'], ' ', is_object($alone) ? 'is' : 'is no', " object\n";
    CODE;

$cache = fresh_cache(16);
$cache->set('names', array_keys($values));
foreach ($values as $name => $value) {
    $cache->set($name, $value);
    $cache->set("bytes of $name", serialize($value));
}
echo other_process($code);
foreach ($values as $name => $value) {
    $again = $cache->get("again $name");
    $expected = serialize(unserialize(serialize($value)));
    foreach ([$again[0], $again['and'], $cache->get("same $name"), $cache->get($name)] as $number => $found) {
        if (serialize($found) !== $expected || is_object($value) && get_class($found) !== get_class($value)) {
            echo "$name, $number:\n- ", substr($expected, 0, 300), "\n+ ", substr(serialize($found), 0, 300), "\n";
        }
    }
    if ($again['pure'] !== [1, [2]] || is_object($value) && $again[0] !== $again['and']) {
        echo "$name: what was around it changed\n";
    }
}
echo count($values), " came back\n";

// Not only in name: private properties of both classes are in their places.
$alone = $cache->get('again alone')[0];
var_dump($alone == $leaf, $alone instanceof Leaf, $alone->next->number);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
__PHP_Incomplete_Class Leaf is object
9 came back
bool(true)
bool(true)
int(7)
