--TEST--
What user code does while a value is made: throws, uses the iterator, changes the cache
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

class Trouble
{
    public static ?Closure $then = null;

    public function __serialize(): array
    {
        return [1];
    }

    public function __unserialize(array $data): void
    {
        if (self::$then !== null) {
            (self::$then)();
        }
    }
}

$cache = fresh_cache();
$cache->set('trouble', new Trouble);

Trouble::$then = fn() => throw new LogicException('no');
show_exception(function () use ($cache) {
    foreach ($cache as $key => $value) {
        echo "not reached\n";
    }
});
$pairs = $cache->getIterator();
show_exception(fn() => $pairs->rewind());
var_dump($pairs->valid());
show_exception(fn() => iterator_to_array($cache));

$calls = 0;
Trouble::$then = function () use ($pairs, $cache, &$calls) {
    if (++$calls === 1) {
        $pairs->rewind();
        $pairs->next();
        $cache->clear();
        $cache->set('filler', str_repeat('f', 10_000));
    }
};
$pairs->rewind();
var_dump($calls, $pairs->key(), get_class($pairs->current()));
$pairs->next();
var_dump(in_array($pairs->key(), [null, 'filler'], true));

// A destructor that uses the iterator that just lets go of its value.
class Last
{
    public static Iterator $pairs;
    public static int $destroyed = 0;

    public function __destruct()
    {
        if (++self::$destroyed <= 5) {
            self::$pairs->rewind();
            self::$pairs->next();
        }
    }
}

$cache->clear();
Last::$pairs = $cache->getIterator();
$cache->setMultiple(['a' => new Last, 'b' => new Last]);
Last::$pairs->rewind();
Last::$pairs->next();
Last::$pairs->rewind();
Last::$pairs->rewind();
var_dump(Last::$destroyed > 5);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
LogicException: no
LogicException: no
bool(false)
LogicException: no
int(2)
string(7) "trouble"
string(7) "Trouble"
bool(true)
bool(true)
