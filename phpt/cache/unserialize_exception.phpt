--TEST--
An exception out of __unserialize goes through, and the entry stays
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

final class Moody
{
    public static bool $is_angry = false;
    public function __serialize(): array { return ['x']; }
    public function __unserialize(array $data): void
    {
        if (self::$is_angry) {
            throw new LogicException('not now');
        }
    }
}

$cache = fresh_cache();
$cache->set('key', [new Moody]);
Moody::$is_angry = true;
show_exception(fn() => $cache->get('key', 'default'));
show_exception(fn() => $cache->getMultiple(['key']));
Moody::$is_angry = false;
var_dump($cache->get('key')[0] instanceof Moody);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
LogicException: not now
LogicException: not now
bool(true)
