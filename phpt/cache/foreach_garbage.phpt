--TEST--
A cache that holds its own iterator is collected
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

class Holder extends NitroCache
{
    public Iterator $pairs;
    public static int $gone = 0;

    public function __destruct()
    {
        ++self::$gone;
    }
}

remove_cache();
$cache = new Holder(4, cache_name());
$cache->set('object', new ArrayObject([1, 2]));
$cache->pairs = $cache->getIterator();
$cache->pairs->rewind();
var_dump(get_class($cache->pairs->current()));
unset($cache);
var_dump(Holder::$gone);
gc_collect_cycles();
var_dump(Holder::$gone);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
string(11) "ArrayObject"
int(0)
int(1)
