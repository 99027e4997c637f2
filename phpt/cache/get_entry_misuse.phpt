--TEST--
A NitroEntry is only made by a cache, and is not changed
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('key', 'value');
$entry = $cache->getEntry('key');
show_exception(fn() => new NitroEntry);
show_exception(fn() => (new ReflectionClass('NitroEntry'))->newInstanceWithoutConstructor());
show_exception(fn() => serialize($entry));
show_exception(fn() => unserialize('O:10:"NitroEntry":0:{}'));
show_exception(fn() => $cache->set('entry', $entry));
show_exception(fn() => $entry->size = 1);
show_exception(fn() => $entry->tags[] = 'tag');
show_exception(fn() => $entry->other = 1);
show_exception(fn() => $cache->getEntry([]));
var_dump((clone $entry) == $entry, (new ReflectionClass('NitroEntry'))->isFinal());
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
Error: Call to private NitroEntry::__construct() from global scope
ReflectionException: Class NitroEntry is an internal class marked as final that cannot be instantiated without invoking its constructor
Exception: Serialization of 'NitroEntry' is not allowed
Exception: Unserialization of 'NitroEntry' is not allowed
NitroCacheException: An object of class NitroEntry cannot be stored: value
Error: Cannot modify readonly property NitroEntry::$size
Error: Cannot modify readonly property NitroEntry::$tags
Error: Cannot create dynamic property NitroEntry::$other
TypeError: NitroCache::getEntry(): Argument #1 ($key) must be of type string, array given
bool(true)
bool(true)
