--TEST--
A handler for warnings may close the session whose cache cannot be had when it ends unchanged
--EXTENSIONS--
nitro
session
--SKIPIF--
<?php
if (PHP_OS_FAMILY !== 'Linux') die('skip looks into /dev/shm');
require __DIR__ . '/../support.inc';
if (nitroctl() === null) die('skip nitro.janitor_path leads to no program');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

$file = '/dev/shm/' . ltrim(fresh_cache()->getStats()['segment'], '/');
store_session('id', ['number' => 1]);
session_start();
exec(escapeshellarg(nitroctl()) . ' destroy --cache ' . escapeshellarg(cache_name()));
symlink('/nowhere', $file);
set_error_handler(function (int $level, string $message): bool {
    echo strtok($message, ':'), "\n";
    @session_write_close();
    $GLOBALS['text'] = str_repeat('A', 207) . 'B';  // where the open session was
    return true;
});
var_dump(session_write_close());
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
session_write_close()
session_write_close()
bool(true)
