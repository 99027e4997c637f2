--TEST--
A fiber may be suspended while the cache calls __serialize or __unserialize
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();

class Suspends
{
    public static bool $when_stored = false;

    public function __construct(public string $text = '') {}

    public function __serialize(): array
    {
        if (self::$when_stored) {
            Fiber::suspend('from __serialize');
        }
        return [$this->text];
    }

    public function __unserialize(array $data): void
    {
        [$this->text] = $data;
        Fiber::suspend('from __unserialize');
    }
}

$value = [new Suspends('first'), str_repeat('long', 5000), ['list' => [1, 2, 3]]];
$cache->set('key', $value);
$reader = new Fiber(fn() => $cache->get('key'));
var_dump($reader->start());
Suspends::$when_stored = true;
$writer = new Fiber(fn() => $cache->set('written', $value));
var_dump($writer->start());

// Meanwhile others use the cache, the same key, and PHP's serializer.
$cache->delete('key');
for ($i = 0; $i < 100; ++$i) {
    $cache->set("flood $i", [str_repeat('f', 100_000)]);
}
var_dump(unserialize(serialize([1, new ArrayObject([2])])) == [1, new ArrayObject([2])]);

$writer->resume();
var_dump($writer->getReturn());
$reader->resume();
var_dump($reader->getReturn() == $value);
$reader = new Fiber(fn() => $cache->get('written'));
$reader->start();
$reader->resume();
var_dump($reader->getReturn() == $value);

// One that is never resumed.
$last = new Fiber(fn() => $cache->get('written'));
var_dump($last->start());
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
string(18) "from __unserialize"
string(16) "from __serialize"
bool(true)
bool(true)
bool(true)
bool(true)
string(18) "from __unserialize"
