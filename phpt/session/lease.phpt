--TEST--
nitro.session_lock_lease: whoever takes longer loses the session to others, and stores nothing
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

$cache = fresh_cache();
ini_set('nitro.session_lock_lease', '0.5');
session_id('id');
session_start();
$_SESSION['who'] = 'me';
echo other_session_process('session_id("id"); var_dump(session_start()); $_SESSION["who"] = "another one";');
var_dump(session_write_close(), $cache->get('session:id'));

echo "in time:\n";
ini_set('nitro.session_lock_lease', '30');
session_start();
$_SESSION['who'] = 'me';
session_write_close();
var_dump($cache->get('session:id'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
bool(true)

Warning: session_write_close(): The session was not stored: it was open for longer than nitro.session_lock_lease, and other requests may have changed it since in %s on line %d

Warning: session_write_close(): Failed to write session data (nitro). Please verify that the current setting of session.save_path is correct (name=%s) in %s on line %d
bool(true)
string(23) "who|s:11:"another one";"
in time:
string(13) "who|s:2:"me";"
