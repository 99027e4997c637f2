--TEST--
A NitroCache is neither cloned nor serialized
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
show_exception(fn() => clone $cache);
show_exception(fn() => serialize($cache));
show_exception(fn() => $cache->set('itself', $cache));
show_exception(fn() => unserialize('O:10:"NitroCache":0:{}'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
Error: Trying to clone an uncloneable object of class NitroCache
Exception: Serialization of 'NitroCache' is not allowed
NitroCacheException: An object of class NitroCache cannot be stored: value
Exception: Unserialization of 'NitroCache' is not allowed
