--TEST--
A resource is never stored, not even as the number that serialize() makes of it
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

final class Connection
{
    public $handle;
    public array $more = ['pure' => [1, 2]];
    public function __construct() { $this->handle = fopen('php://memory', 'r'); }
}
/** The usual way to be stored all the same. */
final class Reconnecting
{
    public $handle;
    public function __construct(public string $name = 'n') { $this->handle = fopen('php://memory', 'r'); }
    public function __sleep(): array { return ['name']; }
    public function __wakeup(): void { $this->handle = fopen('php://memory', 'r'); }
}
final class Leaking
{
    public function __serialize(): array { return ['handle' => fopen('php://memory', 'r')]; }
    public function __unserialize(array $data): void {}
}

$cache = fresh_cache(4);
$cache->set('key', 'old');
$handle = fopen('php://memory', 'r');
$values = [
    'alone' => $handle,
    'by reference' => (function () use ($handle) { $x = $handle; return [&$x, &$x]; })(),
    'deep' => [1, ['x' => [[[$handle]]]]],
    'property' => new Connection,
    'property of a property' => (object) ['list' => [new Connection]],
    'in a collection' => new ArrayObject([$handle]),
    'in a queue' => (function () use ($handle) { $q = new SplQueue; $q[] = $handle; return $q; })(),
    'out of __serialize' => [new Leaking],
    'a context' => ['c' => stream_context_create()],
    'a directory' => ['d' => opendir('.')],
    'in an object of PHP\'s own' => dir('.'),
    'last' => [range(1, 1000), 'last' => $handle],
];
foreach ($values as $name => $value) {
    try {
        $cache->set('key', $value);
        echo "$name: stored\n";
        $cache->set('key', 'old');
    } catch (NitroCacheException $thrown) {
        if (stripos($thrown->getMessage(), 'resource') === false || $cache->get('key') !== 'old') {
            echo "$name: ", $thrown->getMessage(), "\n";
        }
    }
}
echo count($values), " refused\n";

var_dump($cache->set('key', [new Reconnecting('stored')]));
$found = $cache->get('key')[0];
var_dump($found->name, is_resource($found->handle));
// As before: it can be used, and was not closed.
var_dump(is_resource($handle), fclose($handle));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
12 refused
bool(true)
string(6) "stored"
bool(true)
bool(true)
bool(true)
