--TEST--
NitroCacheException is a RuntimeException
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

var_dump(is_subclass_of('NitroCacheException', 'RuntimeException'));
?>
--EXPECT--
bool(true)
