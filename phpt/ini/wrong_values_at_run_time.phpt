--TEST--
ini_set() of a wrong value is false, and the value before stays
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

var_dump(ini_set('nitro.default_ttl', '60'));
var_dump(ini_set('nitro.default_ttl', 'soon'), ini_get('nitro.default_ttl'));
var_dump(ini_set('nitro.name', ''), ini_get('nitro.name'));
var_dump(ini_set('nitro.memory', '1G'));
?>
--EXPECTF--
string(1) "0"

Warning: ini_set(): nitro.default_ttl is "soon", but must be a number of seconds, or 0 for no limit; "60" is used instead in %s on line %d
bool(false)
string(2) "60"

Warning: ini_set(): nitro.name is "", but must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot; "default" is used instead in %s on line %d
bool(false)
string(7) "default"
bool(false)
