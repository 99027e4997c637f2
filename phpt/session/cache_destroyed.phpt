--TEST--
A cache that is destroyed while a session is open: the data go to the new one
--EXTENSIONS--
nitro
session
--SKIPIF--
<?php
require __DIR__ . '/../support.inc';
if (nitroctl() === null) die('skip nitro.janitor_path leads to no program');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

function destroy_cache(): void
{
    exec(escapeshellarg(nitroctl()) . ' destroy --cache ' . escapeshellarg(cache_name()));
}

$cache = fresh_cache();
echo "changed:\n";
session_id('id');
session_start();
$_SESSION['number'] = 1;
destroy_cache();
var_dump(session_write_close(), $cache->get('session:id'));
echo "unchanged:\n";
session_start();
destroy_cache();
var_dump(session_write_close(), $cache->get('session:id'));
echo "regenerated:\n";
session_start();
destroy_cache();
var_dump(session_regenerate_id(true), $_SESSION, session_write_close(), $cache->get('session:' . session_id()));
echo "destroyed:\n";
session_start();
destroy_cache();
var_dump(session_destroy(), session_data('id'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
changed:
bool(true)
string(11) "number|i:1;"
unchanged:
bool(true)
string(11) "number|i:1;"
regenerated:
bool(true)
array(1) {
  ["number"]=>
  int(1)
}
bool(true)
string(11) "number|i:1;"
destroyed:
bool(true)
array(0) {
}
