--TEST--
A long string of the cache is found under the key that the same string is anywhere else
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
mt_srand(1);
$bytes = implode('', array_map(fn() => chr(mt_rand(0, 255)), range(1, 3000)));
$wrong = [];
foreach ([...range(2040, 2080), 2999, 3000] as $length) {
    foreach ([substr($bytes, 0, $length), substr($bytes, -$length), str_repeat("\xff", $length)] as $text) {
        $cache->set('text', $text);
        $built = strrev(strrev($text));  // has no hash yet
        $found = [$cache->get('text') => 'found'][$built] ?? null;
        if ($found === null || [$built => 1] !== [$cache->get('text') => 1]) {
            $wrong[] = $length;
        }
    }
}
var_dump($wrong);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
array(0) {
}
