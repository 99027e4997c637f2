--TEST--
Serializable is asked as serialize() asks it, and its bytes come back to it
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

class Old implements Serializable
{
    public mixed $seen = 'default';
    private array $more = ['default'];
    public function __construct(public mixed $gives = 'some text') {}
    public function serialize() { return $this->gives; }
    public function unserialize($data) { $this->gives = $data; $this->seen = [get_class($this), strlen($data)]; }
}
final class OldWithPrivate extends Old
{
    private $own = ['own'];
    public ?Old $friend = null;
    public int $typed;
}
/** The usual way: serialize() within serialize(). */
final class Nesting implements Serializable
{
    public function __construct(public mixed $value = null) {}
    public function serialize() { return serialize($this->value); }
    public function unserialize($data) { $this->value = unserialize($data); }
}
/** Knows both ways; the new one is taken. */
final class Both implements Serializable
{
    public array $log = [];
    public function serialize() { return 'old'; }
    public function unserialize($data) { $this->log[] = $data; }
    public function __serialize(): array { return ['new']; }
    public function __unserialize(array $data): void { $this->log[] = $data; }
}
final class OldWithSleep extends Old
{
    public function __sleep() { echo "sleep\n"; return []; }
    public function __wakeup() { echo "wakeup\n"; }
}

$old = new Old('one object');
$values = [
    'text' => new Old,
    'empty text' => new Old(''),
    'bytes' => new Old("\0\xff}\"{;\0"),
    'long text' => new Old(str_repeat('long ', 2000)),
    'looks serialized' => new Old('a:1:{i:0;R:1;}'),
    'child' => new OldWithPrivate('child'),
    'null' => new Old(null),
    'null, among others' => [1, new Old(null), 'two', new Old('x')],
    'a number' => new Old(5),
    'an array' => new Old(['a']),
    'an object' => new Old(new stdClass),
    'false' => [new Old(false)],
    'twice' => [$old, $old, new Old('one object')],
    'nesting' => new Nesting([1, ['two' => 2.5], new Nesting(['deep'])]),
    'nesting an enum and a date' => new Nesting([new DateTimeImmutable('2024-02-29 UTC'), new ArrayObject([1])]),
    'both' => [new Both, new Both],
    'not asked for sleep' => new OldWithSleep('s'),
    'among all others' => ['x' => [new Old('in a list'), 'pure' => [1, [2]]], 'o' =>
        (function () use ($old) { $o = new stdClass; $o->old = $old; return $o; })()],
];
compare_round_trips(fresh_cache(16), $values);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
18 compared, 0 differences
