--TEST--
A session is open in one process at a time
--EXTENSIONS--
nitro
session
--SKIPIF--
<?php
if (PHP_OS_FAMILY === 'Windows') die('skip kills with a signal');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

fresh_cache();
$holder = new Holder('held');
ini_set('nitro.session_lock_wait', '0.2');
echo "held: ";
var_dump(session_data('held'));
echo "another one:\n";
var_dump(session_data('free'));
ini_set('nitro.session_lock_wait', '30');
$holder->end();
echo "let go:\n";
var_dump(session_data('held'));

$holder = new Holder('held');
$holder->kill();
echo "killed:\n";
var_dump(session_data('held'));

echo "twice in one process: ";
session_start();
var_dump(session_abort(), session_start());
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
held: 
Warning: session_start(): Another request has held this session for 0.2 seconds (nitro.session_lock_wait) in %s on line %d

Warning: session_start(): Failed to read session data: nitro (path: name=%s) in %s on line %d
bool(false)
another one:
array(0) {
}
let go:
array(1) {
  ["holder"]=>
  bool(true)
}
killed:
array(1) {
  ["holder"]=>
  bool(true)
}
twice in one process: bool(true)
bool(true)
