--TEST--
session_start() with read_and_close lets others in at once
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

fresh_cache();
store_session('id', ['number' => 1]);
var_dump(session_start(['read_and_close' => true]), $_SESSION);
$_SESSION['number'] = 2;
echo other_session_process('ini_set("nitro.session_lock_wait", "0"); session_id("id"); var_dump(session_start()); ++$_SESSION["number"];');
session_start(['read_and_close' => true]);
var_dump($_SESSION);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
array(1) {
  ["number"]=>
  int(1)
}
bool(true)
array(1) {
  ["number"]=>
  int(2)
}
