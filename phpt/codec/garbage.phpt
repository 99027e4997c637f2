--TEST--
An object that holds itself is garbage when nobody else does, also if no variable ever had it
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

class Tracked
{
    public static int $destroyed = 0;
    public mixed $self = null;
    public string $name = 'name';
    public function __destruct() { ++self::$destroyed; }
}
$cache = fresh_cache();
$object = new Tracked;
$object->self = [$object];
$cache->set('object', $object);
for ($i = 0; $i < 100; ++$i) {
    if ($cache->get('object')->name !== 'name') {
        echo "not found\n";
    }
}
gc_collect_cycles();
var_dump(Tracked::$destroyed);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(100)
