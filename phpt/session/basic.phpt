--TEST--
A session is a string of the cache, and comes back in the next request and in another process
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

$cache = fresh_cache();
$data = ['number' => 1, 'binary' => "\0\xff;|" . str_repeat("\0", 10), 'long' => str_repeat("l\0ng", 20_000)];
session_id('first');
var_dump(session_start(), $_SESSION);
$_SESSION = $data;
var_dump(session_write_close());
var_dump(session_data('first') === $data);
var_dump(strlen($cache->get('session:first')));
echo other_session_process('session_id("first"); session_start(); echo strlen($_SESSION["long"]), "\n"; $_SESSION = ["short" => 1];');
var_dump(session_data('first'), $cache->get('session:first'));

echo "nothing in it:\n";
store_session('first', []);
var_dump(session_data('first'), $cache->get('session:first'));
echo "not yet:\n";
var_dump(session_data('other'), $cache->get('session:other'), $cache->get('session:third'));

echo "reset, abort, gc:\n";
store_session('first', ['kept' => 1]);
session_start();
$_SESSION = ['changed' => 1];
session_reset();
var_dump($_SESSION);
$_SESSION = ['changed' => 1];
session_abort();
var_dump(session_data('first'));
session_start();
var_dump(session_gc());
session_write_close();

echo "something else under its key:\n";
$cache->set('session:first', ['an' => 'array']);
var_dump(session_data('first'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
array(0) {
}
bool(true)
bool(true)
int(80056)
80000
array(1) {
  ["short"]=>
  int(1)
}
string(10) "short|i:1;"
nothing in it:
array(0) {
}
string(0) ""
not yet:
array(0) {
}
string(0) ""
NULL
reset, abort, gc:
array(1) {
  ["kept"]=>
  int(1)
}
array(1) {
  ["kept"]=>
  int(1)
}
int(0)
something else under its key:
array(0) {
}
