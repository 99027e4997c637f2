--TEST--
session.lazy_write: what did not change is not written, but lives on
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

$cache = fresh_cache();
function change_it_meanwhile(callable $change): void
{
    store_session('id', ['number' => 1]);
    session_start();
    $change();
    session_write_close();
}

echo "on:\n";
ini_set('session.lazy_write', '1');
change_it_meanwhile(fn() => $cache->set('session:id', 'number|i:2;'));
var_dump($cache->get('session:id'));
change_it_meanwhile(fn() => $cache->delete('session:id'));
var_dump($cache->get('session:id'));

echo "off:\n";
ini_set('session.lazy_write', '0');
change_it_meanwhile(fn() => $cache->set('session:id', 'number|i:2;'));
var_dump($cache->get('session:id'));

echo "lives on:\n";
ini_set('session.lazy_write', '1');
ini_set('session.gc_maxlifetime', '1');
store_session('id', ['number' => 1]);
store_session('other', ['number' => 1]);
ini_set('session.gc_maxlifetime', '1000');
session_id('id');
session_start();
session_write_close();
usleep(1_100_000);
var_dump($cache->get('session:id'), $cache->get('session:other'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
on:
string(11) "number|i:2;"
string(11) "number|i:1;"
off:
string(11) "number|i:1;"
lives on:
string(11) "number|i:1;"
NULL
