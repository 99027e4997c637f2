--TEST--
Every method of a subclass that forgot its parent's constructor throws
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

class Forgetful extends NitroCache
{
    public function __construct() {}
}

$cache = new Forgetful;
show_exception(fn() => $cache->get('key'));
show_exception(fn() => $cache->set('key', 1));
show_exception(fn() => $cache->has('key'));
show_exception(fn() => $cache->delete('key'));
show_exception(fn() => $cache->clear());
show_exception(fn() => $cache->getMultiple(['key']));
show_exception(fn() => $cache->setMultiple(['key' => 1]));
show_exception(fn() => $cache->deleteMultiple(['key']));
show_exception(fn() => $cache->increment('key'));
show_exception(fn() => $cache->getStats());
show_exception(fn() => $cache->keys());
show_exception(fn() => iterator_to_array($cache));
show_exception(fn() => count($cache));
show_exception(fn() => $cache->getEntry('key'));
show_exception(fn() => (new ReflectionClass('NitroCache'))->newInstanceWithoutConstructor()->get('key'));
?>
--EXPECT--
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of Forgetful was not called
Error: The constructor of NitroCache was not called
