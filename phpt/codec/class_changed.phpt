--TEST--
An object of a class that changed since it was stored comes back as from unserialize()
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';

// Each: the class that stores, and those that find what it stored.
$histories = [
    'class P { public $a = "a"; protected $b = ["b", [1]]; private $c = 3; public ?P $d = null; }' => [
        'the same' => 'class P { public $a = "a"; protected $b = ["b", [1]]; private $c = 3; public ?P $d = null; }',
        'other defaults' => 'class P { public $a = "new"; protected $b = []; private $c = 0; public ?P $d = null; }',
        'reordered' => 'class P { public ?P $d = null; private $c = 0; public $a; protected $b; }',
        'one removed' => 'class P { public $a = 0; private $c = 0; public ?P $d = null; }',
        'all removed' => 'class P {}',
        'one added' =>
            'class P { public $new = ["default"]; public $a; protected $b; private $c; public ?P $d = null; public $last = "l"; }',
        'one added, typed' =>
            'class P { public $a; protected $b; private $c; public ?P $d = null; public int $typed; public readonly int $once; }',
        'one renamed' => 'class P { public $renamed = "default"; protected $b; private $c; public ?P $d = null; }',
        'one swapped for another' =>
            'class P { public $b = "default"; protected $a; private $d; public $c = "default"; }',
        'all public' => 'class P { public $a; public $b; public $c; public ?P $d = null; }',
        'all private' => 'class P { private $a; private $b; private $c; private ?P $d = null; }',
        'all protected' => 'class P { protected $a; protected $b; protected $c; protected ?P $d = null; }',
        'all static' =>
            'class P { public static $a = "s"; protected static $b; private static $c; public static ?P $d = null; }',
        'types that fit' =>
            'class P { public string $a = ""; protected array $b = []; private int $c = 0; public ?object $d = null; }',
        'types that convert' =>
            'class P { public string|int $a = 0; protected iterable $b = []; private float $c = 0.5; public P|null|false $d = null; }',
        'type that does not fit' => 'class P { public int $a = 0; protected $b; private $c; public ?P $d = null; }',
        'type that does not fit, private' =>
            'class P { public $a; protected $b; private array $c = []; public ?P $d = null; }',
        'type that does not allow null' => 'class P { public $a; protected $b; private $c; public P $d; }',
        'type of another class' => 'class P { public $a; protected $b; private $c; public ?ArrayObject $d = null; }',
        'type and visibility' => 'class P { private int $a = 0; public array $b = []; }',
        'readonly' =>
            'class P { public readonly string $a; protected readonly array $b; private $c; public ?P $d = null; }',
        'a parent that has some' =>
            'class Q { public $a = "q"; private $c = "q"; protected $b; } class P extends Q { public ?P $d = null; private $c = "p"; }',
        'a parent that has them all' =>
            'class Q { public $a; protected $b; private $c = "q"; public ?P $d = null; } class P extends Q {}',
        'children below' =>
            'class P { public $a; protected $b; private $c; public ?P $d = null; } class R extends P { public $a = "r"; }',
        'an alias' =>
            'class Renamed { public $a; protected $b; private $c; public ?Renamed $d = null; } class_alias("Renamed", "P");',
        'final, with methods' =>
            'final class P implements Countable { public $a; protected $b; private $c; public ?P $d; public function count(): int { return 1; } }',
        'abstract' => 'abstract class P { public $a; }',
        'an interface' => 'interface P {}',
        'a trait' => 'trait P {}',
        'an enum' => 'enum P { case a; }',
        'now has __unserialize' =>
            'class P { public $got; public function __unserialize(array $data): void { $this->got = $data; } }',
        'now has __wakeup' =>
            'class P { public $a; protected $b; private $c; public ?P $d = null; public function __wakeup() { $this->a = "woken"; } }',
        'now has __set' => 'class P { protected $b; public function __set($name, $value) { echo "set $name\n"; } }',
        'now Serializable' =>
            'class P implements Serializable { public $a; public function serialize() { return "x"; } public function unserialize($data) { echo "got $data\n"; } }',
        'now both ways' =>
            'class P { public $got; public function __serialize(): array { return []; } public function __unserialize(array $data): void { $this->got = array_keys($data); } }',
        'now extends ArrayObject' => 'class P extends ArrayObject { public $a; protected $b; private $c; }',
        'now extends DateTime' => 'class P extends DateTime { public $a; }',
        'no dynamic properties' => 'class P { public $a; }',
        'gone' => '',
    ],
    'class P { public $a = [1, [2]]; public $b = "b"; public function __serialize(): array { return ["a" => $this->a, 5 => $this->b, "x" => new stdClass]; }
        public function __unserialize(array $data): void { echo "old\n"; } }' => [
        'the same method' =>
            'class P { public $a; public $b; public function __unserialize(array $data): void { [$this->a, $this->b] = [$data["a"], $data]; } }',
        'no methods any more' => 'class P { public $a; public $b = "new"; }',
        'no methods, typed' => 'class P { public int $a = 1; }',
        'wakes up instead' => 'class P { public $a; public function __wakeup() { echo "woken\n"; } }',
        'refuses' =>
            'class P { public function __unserialize(array $data): void { throw new LogicException("refused"); } }',
        'gone' => '',
    ],
    'class P { public $a = [1, [2]]; private $b = "b"; public function __sleep(): array { return ["b", "a"]; } public function __wakeup() { echo "old\n"; } }' => [
        'wakes up' =>
            'class P { public $a; private $b; public $c = "c"; public function __wakeup() { echo "woken\n"; } }',
        'without' => 'class P { public $a; protected $b; }',
        'unserializes' =>
            'class P { public function __unserialize(array $data): void { var_dump(array_keys($data)); } }',
    ],
    'class P implements Serializable { public function serialize() { return "some bytes"; } public function unserialize($data) { echo "old\n"; } }' => [
        'the same' =>
            'class P implements Serializable { public $got; public function serialize() { return ""; } public function unserialize($data) { $this->got = $data; } }',
        'both' => 'class P implements Serializable { public $got; public function serialize() { return ""; } public function unserialize($data) { $this->got = $data; }
            public function __serialize(): array { return [1]; } public function __unserialize(array $data): void { echo "new way\n"; } }',
        'only the new way' => 'class P { public function __unserialize(array $data): void { $this->got = $data; } }',
        'without' => 'class P { public $a; }',
        'gone' => '',
    ],
    'class P extends ArrayObject { public $own = ["o"]; }' => [
        'the same' => 'class P extends ArrayObject { public $own; }',
        'no own' => 'class P extends ArrayObject {}',
        'typed' => 'class P extends ArrayObject { public int $own = 1; }',
        'no ArrayObject' => 'class P { public $own; }',
        'ArrayIterator' => 'class P extends ArrayIterator { public $own; }',
    ],
];

$seen = <<<'CODE'
    function seen(callable $read): string
    {
        // Only how often is warned: the words name the function.
        $warned = 0;
        set_error_handler(function (int $level, string $message) use (&$warned): bool { $warned += !str_contains($message, 'Error at offset'); return true; });
        ob_start();
        try {
            $found = $read();
            var_dump($found);
            try {
                echo serialize($found);
            } catch (Throwable $thrown) {
                echo get_class($thrown);
            }
        } catch (Throwable $thrown) {
            echo get_class($thrown), ': ', $thrown->getMessage();
        }
        return preg_replace('/#\d+/', '#', ob_get_clean()) . "\nwarned $warned times";
    }
    CODE;
$cache = fresh_cache(16);
$count = 0;
foreach ($histories as $class => $changes) {
    echo other_process("$class $seen " . '
        $cache = new NitroCache(name: $name);
        $p = new P;
        property_exists($p, "d") && $p->d = new P;
        $values = ["alone" => $p, "twice" => [$p, "pure" => [1, [2]], $p, new P], "below" => (object) ["p" => $p, "after" => new ArrayObject([1])]];
        foreach ($values as $kind => $value) {
            $cache->set($kind, $value);
            $cache->set("bytes of $kind", serialize($value));
        }
    ');
    foreach ($changes as $change => $new_class) {
        ++$count;
        echo other_process("$new_class \$change = '$change'; $seen" . <<<'CODE'
            $cache = new NitroCache(name: $name);
            foreach (['alone', 'twice', 'below'] as $kind) {
                $expected = seen(fn() => unserialize($cache->get("bytes of $kind")));
                $actual = seen(fn() => $cache->get($kind, false));
                if ($actual !== $expected) {
                    echo "$change, $kind:\n- $expected\n+ $actual\n";
                }
            }
            CODE);
    }
}
echo "$count changes\n";
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
58 changes
