--TEST--
A session that is too large is not stored, and why is said
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

$cache = fresh_cache(1);
store_session('id', ['number' => 1]);
session_start();
$_SESSION['text'] = str_repeat('x', 2_000_000);
var_dump(session_write_close(), $cache->get('session:id'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--

Warning: session_write_close(): The session has 2000029 bytes, but cache "%s" can hold no more than %d of one in %s on line %d

Warning: session_write_close(): Failed to write session data (nitro). Please verify that the current setting of session.save_path is correct (name=%s) in %s on line %d
bool(true)
string(11) "number|i:1;"
