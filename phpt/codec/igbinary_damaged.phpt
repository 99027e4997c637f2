--TEST--
What igbinary cannot read any more is a miss, after its warning
--EXTENSIONS--
nitro
igbinary
--INI--
nitro.janitor=off
nitro.serializer=igbinary
--SKIPIF--
<?php
if (PHP_OS_FAMILY !== 'Linux') {
    echo 'skip the segment is no file';
}
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$damages = [
    'another version' => fn(string $bytes) => "\0\0\0\x09" . substr($bytes, 4),
    'another type' => fn(string $bytes) => substr($bytes, 0, 4) . "\xff" . substr($bytes, 5),
    'false' => fn(string $bytes) => substr(igbinary_serialize(false) . $bytes, 0, strlen($bytes)),
    'an int' => fn(string $bytes) => substr(igbinary_serialize(7) . $bytes, 0, strlen($bytes)),
];
foreach ($damages as $what => $damage) {
    $cache->set($what, (object) ['property' => 'value']);
    change_stored($what, $damage);
    var_dump($cache->get($what, 'missing'));
}
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--

Warning: igbinary_unserialize%s in %s on line %d
string(7) "missing"

Warning: igbinary_unserialize%s in %s on line %d
string(7) "missing"

Warning: igbinary_unserialize%s in %s on line %d
string(7) "missing"

Warning: igbinary_unserialize%s in %s on line %d
string(7) "missing"
