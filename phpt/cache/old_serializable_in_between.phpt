--TEST--
A value fetched by Serializable::unserialize() has back references of its own
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

error_reporting(E_ALL & ~E_DEPRECATED);

final class Old implements Serializable
{
    public static NitroCache $cache;
    public array $fetched = [];

    public function serialize() { return 'old'; }
    public function unserialize($data) { $this->fetched = self::$cache->get('inner'); }
}

$cache = Old::$cache = fresh_cache();
$shared = new stdClass;
$shared->name = 'shared';
$cache->set('inner', [$shared, $shared]);
$outer = new stdClass;
$outer->name = 'outer';
$cache->set('outer', [$outer, new Old, $outer]);

$found = $cache->get('outer');
var_dump($found[0] === $found[2], $found[2]->name);
var_dump($found[1]->fetched[0] === $found[1]->fetched[1], $found[1]->fetched[1]->name);

// PHP's own serializer goes on as if nothing had happened.
var_dump(unserialize(serialize([$outer, $outer])) == [$outer, $outer]);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
string(5) "outer"
bool(true)
string(6) "shared"
bool(true)
