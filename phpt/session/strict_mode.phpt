--TEST--
session.use_strict_mode: only ids that are known
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

$cache = fresh_cache();
ini_set('session.use_strict_mode', '1');
session_id('unknown');
session_start();
$id = session_id();
var_dump($id !== 'unknown', $cache->has('session:unknown'));
echo "known before it is written: ";
var_dump($cache->has("session:$id"));
session_write_close();
session_start();
var_dump(session_id() === $id);
session_write_close();

echo "an id that is none:\n";
session_id('not/allowed');
var_dump(session_start(), session_id() !== 'not/allowed');
session_write_close();

echo "not strict:\n";
ini_set('session.use_strict_mode', '0');
session_id('not/allowed');
var_dump(session_start());
session_id(str_repeat('i', 257));
var_dump(session_start());
session_id(str_repeat('i', 256));
var_dump(session_start());
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
bool(true)
bool(false)
known before it is written: bool(true)
bool(true)
an id that is none:
bool(true)
bool(true)
not strict:

Warning: session_start(): The session id is too long or contains illegal characters. Only A-Z, a-z, 0-9, "-" and "," are allowed in %s on line %d

Warning: session_start(): Failed to read session data: nitro (path: name=%s) in %s on line %d
bool(false)

Warning: session_start(): The session id is too long or contains illegal characters. Only A-Z, a-z, 0-9, "-" and "," are allowed in %s on line %d

Warning: session_start(): Failed to read session data: nitro (path: name=%s) in %s on line %d
bool(false)
bool(true)
