--TEST--
A fiber cannot be suspended while the cache calls __serialize or __unserialize, and goes on elsewhere
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

    public function __serialize(): array
    {
        if (self::$when_stored) {
            Fiber::suspend();
        }
        return [];
    }

    public function __unserialize(array $data): void
    {
        Fiber::suspend('from __unserialize');
    }
}

$cache->set('key', new Suspends());
$fiber = new Fiber(function () use ($cache) {
    try {
        $cache->get('key');
    } catch (FiberError $error) {
        echo 'get: ', $error->getMessage(), "\n";
    }
    Suspends::$when_stored = true;
    try {
        $cache->set('key', new Suspends());
    } catch (FiberError $error) {
        echo 'set: ', $error->getMessage(), "\n";
    }
    Fiber::suspend();
    echo $cache->get('other'), "\n";
});
$fiber->start();
$cache->set('other', 'it goes on');
$fiber->resume();

// What PHP's own serializer does is as before.
Suspends::$when_stored = false;
$text = serialize(new Suspends());
$fiber = new Fiber(fn() => unserialize($text));
var_dump($fiber->start());
$fiber->resume();
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
get: Cannot switch fibers in current execution context
set: Cannot switch fibers in current execution context
it goes on
string(18) "from __unserialize"
