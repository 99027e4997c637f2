--TEST--
A session ends session.gc_maxlifetime seconds after the last request
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

$cache = fresh_cache();
ini_set('session.gc_maxlifetime', '1');
store_session('short', ['number' => 1]);
ini_set('session.gc_maxlifetime', '1000');
store_session('long', ['number' => 1]);
var_dump($cache->has('session:short'));
usleep(1_100_000);
var_dump($cache->has('session:short'), session_data('short'), $cache->has('session:long'));

echo "at once:\n";
ini_set('session.gc_maxlifetime', '0');
store_session('long', ['number' => 2]);
var_dump(session_data('long'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(false)
array(0) {
}
bool(true)
at once:
array(0) {
}
