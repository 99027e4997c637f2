--TEST--
A handler for warnings may close the session that the warning is about
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

$cache = fresh_cache(1);
set_error_handler(function (int $level, string $message): bool {
    echo strtok($message, ','), "\n";
    @session_write_close();
    return true;
});
session_id('not/allowed');
var_dump(session_start());

session_id('id');
session_start();
$_SESSION['text'] = str_repeat('x', 2_000_000);
var_dump(session_write_close(), strlen($cache->get('session:id')));

ini_set('session.save_path', 'nonsense');
var_dump(session_start());
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
session_start(): The session id is too long or contains illegal characters. Only A-Z
session_start(): Failed to read session data: nitro (path: name=%s)
bool(false)
session_write_close(): The session has 2000018 bytes
session_write_close(): Failed to write session data (nitro). Please verify that the current setting of session.save_path is correct (name=%s)
bool(true)
int(0)
session_start(): session.save_path: "nonsense" is neither name=NAME nor prefix=PREFIX
session_start(): Failed to initialize storage module: nitro (path: nonsense)
bool(false)
