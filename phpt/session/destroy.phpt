--TEST--
session_destroy() removes the session and lets others in
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

$cache = fresh_cache();
store_session('id', ['number' => 1]);
session_start();
var_dump(session_destroy(), $cache->has('session:id'));
echo other_session_process('ini_set("nitro.session_lock_wait", "0"); session_id("id"); var_dump(session_start(), $_SESSION);');
session_id('id');
session_start();
$cache->delete('session:id');
var_dump(session_destroy());
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(false)
bool(true)
array(0) {
}
bool(true)
