<?php
// Does one thing so many times, for whoever counts the instructions.
//   instructions.php get|set TIMES
[, $what, $times] = $argv;
$cache = new NitroCache();
$value = str_repeat('v', 32);
$cache->set('key:12345', $value);
if ($what === 'get') {
    for ($i = 0; $i < $times; ++$i) {
        $value = $cache->get('key:12345');
    }
} else {
    for ($i = 0; $i < $times; ++$i) {
        $cache->set('key:12345', $value);
    }
}
