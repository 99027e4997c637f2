--TEST--
__serialize gives what is stored, __unserialize gets it
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

class Asked
{
    public array $kept = [];
    public array $heard = [];
    public mixed $other = 'default';
    public function __construct(public mixed $gives = []) {}
    public function __serialize(): array { return is_array($this->gives) ? $this->gives : ['gives' => $this->gives]; }
    public function __unserialize(array $data): void
    {
        $this->heard[] = get_class($this);
        $this->kept = $data;
        $this->gives = $data;
    }
}
/** No constructor runs and defaults are set before __unserialize. */
final class Initialized extends Asked
{
    public array $declared = ['default'];
    public int $typed;
    private ?string $hidden = 'hidden';
    public function __construct(mixed $gives) { parent::__construct($gives); $this->declared = ['made'];
        $this->typed = 1; $this->hidden = null; }
}
/** Only the first of a pair counts: __sleep, __wakeup and Serializable are not asked then. */
final class All extends Asked implements Serializable
{
    public function __sleep(): array { throw new LogicException('sleep'); }
    public function __wakeup(): void { throw new LogicException('wakeup'); }
    public function serialize() { throw new LogicException('serialize'); }
    public function unserialize($data) { throw new LogicException('unserialize'); }
}
final class OnlySerialize
{
    public $a = 1;
    protected $b = 2;
    private $c = 3;
    public ?int $d = 4;
    public function __construct(private array $gives = ['a' => 'A', "\0*\0b" => 'B', "\0OnlySerialize\0c" => 'C',
        'dynamic' => 'D']) {}
    public function __serialize(): array { return $this->gives; }
}
final class OnlyUnserialize
{
    public $a = 1;
    protected $b = [2];
    private $c;
    public int $uninitialized;
    public array $kept = [];
    public function __unserialize(array $data): void { $this->kept = $data; }
}
final class Unset_ extends Asked
{
    public function __serialize(): array { $gives = $this->gives; unset($this->other); return $gives; }
}

$self = new Asked;
$self->gives = ['self' => $self, 'list' => [$self]];
$inner = new Asked(['inner']);
$reference = ['x'];
$values = [
    'nothing' => new Asked,
    'list' => new Asked([1, 'two', [3]]),
    'map' => new Asked(['a' => 1, 'b' => ['c' => ['d' => []]], 7 => 'seven', '' => 'none', "\0x\0y" => 'NUL']),
    'with holes' => new Asked([3 => 'three', 1 => 'one', PHP_INT_MAX => 'max', -1 => 'minus']),
    'long strings' => new Asked([str_repeat('k', 3000) => str_repeat('v', 5000)]),
    'pure arrays to be written' => new Asked(['list' => range(1, 100), 'map' => ['x' => ['y' => [1]]]]),
    'objects' => new Asked([new stdClass, new ArrayObject([1]), $inner, [$inner]]),
    'nested' => new Asked([new Asked([new Asked([new Asked(['deepest'])])])]),
    'itself' => $self,
    'itself, twice' => [$self, $self, [$self]],
    'references' => new Asked([&$reference, &$reference, 'plain' => $reference]),
    'reference shared with outside' => [new Asked([&$reference]), &$reference],
    'defaults' => new Initialized(['i' => 1]),
    'preferred to all others' => new All(['all']),
    'only __serialize' => new OnlySerialize,
    'only __serialize, nothing' => new OnlySerialize([]),
    'only __serialize, numbers' => new OnlySerialize([1, 2]),
    'only __serialize, wrong type' => new OnlySerialize(['d' => 'not an int']),
    'only __unserialize' => new OnlyUnserialize,
    'changes itself' => new Unset_(['u']),
    'many' => array_map(fn($i) => new Asked(["number $i", $i]), range(1, 200)),
];
$cache = fresh_cache(16);
compare_round_trips($cache, $values);

// What __unserialize got is its own: it may write into it, and into what lies below.
$steps = [
    'written' => function (Asked $o) { $o->kept['list'][] = 1; $o->kept['map']['x']['y'][] = 2; sort($o->gives);
        return $o; },
    'by reference' => function (Asked $o) { foreach ($o->kept as &$value) { $value = [$value]; } return $o; },
];
compare_steps($cache, array_filter($values, fn($value) => $value instanceof Asked), $steps);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
21 compared, 0 differences
all compared, 0 differences
