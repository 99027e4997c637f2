--TEST--
Processes that are not related see each other's writes at once
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('from here', ['an' => 'array', 'string' => str_repeat('s', 5000)]);

echo other_process('
    $cache = new NitroCache(name: $name);
    var_dump(strlen($cache->get("from here")["string"]));
    $cache->set("from there", "hello");
    $cache->increment("counter", 5);
');

var_dump($cache->get('from there'), $cache->increment('counter'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(5000)
string(5) "hello"
int(6)
