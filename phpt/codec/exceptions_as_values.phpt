--TEST--
An exception that is stored comes back with its message, place, trace and previous one
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
zend.exception_ignore_args=0
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

class Failure extends RuntimeException
{
    public array $context = [];
    private string $secret = 'default';
    public static function with(string $message, array $context, ?Throwable $previous = null): static
    {
        $failure = new static($message, 42, $previous);
        [$failure->context, $failure->secret] = [$context, 'set'];
        return $failure;
    }
}
final class Short extends Exception
{
    public function __sleep(): array { return ['message', 'code', 'line']; }
}
final class Asked extends LogicException
{
    public function __serialize(): array { return ['said' => $this->getMessage(), 'inner' => $this->getPrevious()]; }
    public function __unserialize(array $data): void { parent::__construct('it said ' . $data['said'], 7,
        $data['inner']); }
}
function caught(callable $throw): Throwable
{
    try {
        $throw();
    } catch (Throwable $thrown) {
        return $thrown;
    }
}
function fail(array $list, object $object, string $text): never { throw new Failure("failed with $text", 3); }

$object = (object) ['p' => [1]];
$exception = new Exception('twice');
$values = [
    'Exception' => new Exception('message', 5),
    'Error' => new TypeError('error'),
    'ErrorException' => new ErrorException('message', 1, E_WARNING, 'some file', 99, new Exception('previous')),
    'previous ones' => new LogicException('outer', 1, new RuntimeException('middle', 2, new Error('inner', 3))),
    'extended' => Failure::with('extended', ['list' => [1, [2]], 'text' => str_repeat('t', 3000)]),
    'with a trace' => caught(fn() => (function () { throw new Failure('deep'); })()),
    'with arguments in its trace' => caught(fn() => fail([1, ['two']], $object, str_repeat('long', 10))),
    'of PHP itself' => [caught(fn() => intdiv(1, 0)), caught(fn() => strlen([])),
        caught(fn() => new DateTime('nonsense'))],
    'of json' => caught(fn() => json_decode('{', false, 512, JSON_THROW_ON_ERROR)),
    'of a closed cache' => new NitroCacheException('message', 1),
    'twice' => [$exception, $exception, Failure::with('again', [$exception], $exception)],
];
$cache = fresh_cache(16);
// The trace of those that are caught here holds closures, which nobody stores.
$differences = $refused = 0;
foreach ($values as $name => $value) {
    $expected = outcome('plain_copy', $value);
    $actual = outcome(fn($value) => $cache->set('key', $value) ? $cache->get('key') : 'not stored', $value);
    if (str_contains($expected, "Serialization of 'Closure' is not allowed")) {
        ++$refused;
        str_contains($actual, 'Closure') || print("$name: not refused\n");
    } elseif ($actual !== $expected) {
        ++$differences;
        show_difference($name, $expected, $actual);
    }
}
echo count($values), " compared, $differences differences, $refused refused\n";

// Thrown again: the trace is the old one.
$cache->set('thrown', $values['extended']);
try {
    throw $cache->get('thrown');
} catch (Failure $found) {
    var_dump($found->getMessage(), $found->getCode(), $found->getLine() === $values['extended']->getLine(),
        $found->getTraceAsString() === $values['extended']->getTraceAsString(),
            $found->context === $values['extended']->context);
}

// What is not stored is as for one that was made just now: with the trace of the one who reads.
$cache->set('short', new Short('short', 1, new Exception('left out')));
$cache->set('asked', new Asked('asked', 1, new Asked('inner')));
$short = $cache->get('short');
$asked = $cache->get('asked');
var_dump($short->getMessage(), $short->getPrevious(), $short->getFile() === __FILE__, count($short->getTrace()) > 0);
var_dump($asked->getMessage(), $asked->getPrevious()->getMessage(), count($asked->getTrace()) > 0);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
11 compared, 0 differences, 4 refused
string(8) "extended"
int(42)
bool(true)
bool(true)
bool(true)
string(5) "short"
NULL
bool(true)
bool(true)
string(13) "it said asked"
string(13) "it said inner"
bool(true)
