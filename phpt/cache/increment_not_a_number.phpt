--TEST--
What is no number cannot be counted, and stays
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$values = ['null' => null, 'false' => false, 'true' => true, 'digits' => '5', 'long string' => str_repeat('5', 5000),
    'array' => [1], 'object' => new stdClass, "bin\0ary \xff" => 'x', str_repeat('long ', 50) => 'x'];
foreach ($values as $key => $value) {
    $cache->set($key, $value);
    show_exception(fn() => $cache->increment($key));
    if ($cache->get($key) != $value) {
        echo "$key has changed\n";
    }
}
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
NitroCacheException: "null" cannot be counted: it holds null
NitroCacheException: "false" cannot be counted: it holds a bool
NitroCacheException: "true" cannot be counted: it holds a bool
NitroCacheException: "digits" cannot be counted: it holds a string
NitroCacheException: "long string" cannot be counted: it holds a string
NitroCacheException: "array" cannot be counted: it holds an array
NitroCacheException: "object" cannot be counted: it holds an array or an object
NitroCacheException: "bin\x00ary \xFF" cannot be counted: it holds a string
NitroCacheException: "long long long long long long long long long long long long long..." cannot be counted: it holds a string
