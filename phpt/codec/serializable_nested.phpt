--TEST--
A Serializable that calls serialize() itself gets back what it stored, shared with the outside or not
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

final class Nesting implements Serializable
{
    public function __construct(public mixed $value = null) {}
    public function serialize() { return serialize($this->value); }
    public function unserialize($data) { $this->value = unserialize($data); }
}
final class Sleepy
{
    public function __construct(public string $name, public mixed $other = null) {}
    public function __sleep(): array { echo "sleep $this->name\n"; return ['name', 'other']; }
    public function __wakeup(): void { echo "wakeup $this->name\n"; }
}

$shared = new stdClass;
$shared->name = 'shared';
$twice = new Nesting(['twice']);
$self = new Nesting;
$self->value = ['name' => 'self', 'self' => $self];
// For serialize() the inner text is part of the outer one: objects and variables that are in both
// are one, and __wakeup waits for the end of the outer. Whether it is so here is not promised.
$values = [
    'objects of the outside' => [$shared, new Nesting([$shared, $shared]), $shared],
    'variables of the outside' => (function () { $x = [1]; return [&$x, new Nesting([&$x, &$x]), &$x]; })(),
    'methods within' => [new Sleepy('a', new Nesting([new Sleepy('b', new Nesting(new Sleepy('c')))])),
        new Sleepy('d')],
    'one within another, and beside' => [$twice, new Nesting([$twice]), $twice],
    'object that comes after' => [new Nesting([$shared]), (object) ['new' => 1], $shared, $shared],
];
$plainly = fn(mixed $value): string => print_r($value, true);
$cache = fresh_cache(16);
foreach ($values as $name => $value) {
    ob_start();
    $expected = $plainly(plain_copy($value));
    $expected_calls = explode("\n", ob_get_clean());
    ob_start();
    $cache->set('key', $value);
    $actual = $plainly($cache->get('key'));
    $actual_calls = explode("\n", ob_get_clean());
    sort($expected_calls);
    sort($actual_calls);
    if ($actual !== $expected || $actual_calls !== $expected_calls) {
        show_difference($name, $expected . implode("\n", $expected_calls), $actual . implode("\n", $actual_calls));
    }
}

// Outside of the Serializable, what is one stays one.
$found = $cache->get('key');
var_dump($found[2] === $found[3], $found[1]->new);
$cache->set('key', [$shared, new Nesting([$shared, $shared]), $shared]);
$found = $cache->get('key');
var_dump($found[0] === $found[2], $found[1]->value[0] === $found[1]->value[1]);
$cache->set('key', $self);
$found = $cache->get('key');
var_dump($found->value['name'], $found->value['self'] instanceof Nesting);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
int(1)
bool(true)
bool(true)
string(4) "self"
bool(true)
