--TEST--
get() of a key that is not there gives the default, and null without one
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$object = new stdClass;
var_dump($cache->get('missing'));
var_dump($cache->get('missing', 'default'));
var_dump($cache->get('missing', default: $object) === $object);

// A stored null, false or '' is no miss.
$cache->setMultiple(['null' => null, 'false' => false, 'empty' => '']);
var_dump($cache->get('null', 'default'), $cache->get('false', 'default'), $cache->get('empty', 'default'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
NULL
string(7) "default"
bool(true)
NULL
bool(false)
string(0) ""
