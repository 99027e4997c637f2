--TEST--
A NitroIterator is only made by a cache, and neither copied nor stored
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('key', 'value');
$keys = $cache->keys();
show_exception(fn() => new NitroIterator);
show_exception(fn() => (new ReflectionClass('NitroIterator'))->newInstanceWithoutConstructor());
show_exception(fn() => clone $keys);
show_exception(fn() => serialize($keys));
show_exception(fn() => unserialize('O:13:"NitroIterator":0:{}'));
show_exception(fn() => $cache->set('itself', $keys));
show_exception(fn() => $keys->other = 1);
show_exception(function () use ($cache) {
    foreach ($cache as &$value) {
    }
});
show_exception(function () use ($keys) {
    foreach ($keys as &$value) {
    }
});
var_dump((new ReflectionClass('NitroIterator'))->isFinal(), iterator_to_array($keys));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
Error: Call to private NitroIterator::__construct() from global scope
ReflectionException: Class NitroIterator is an internal class marked as final that cannot be instantiated without invoking its constructor
Error: Trying to clone an uncloneable object of class NitroIterator
Exception: Serialization of 'NitroIterator' is not allowed
Exception: Unserialization of 'NitroIterator' is not allowed
NitroCacheException: An object of class NitroIterator cannot be stored: value
Error: Cannot create dynamic property NitroIterator::$other
Error: An iterator cannot be used with foreach by reference
Error: An iterator cannot be used with foreach by reference
bool(true)
array(1) {
  [0]=>
  string(3) "key"
}
