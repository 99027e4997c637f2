--TEST--
session_regenerate_id(): the data move to another id, and the old one goes if asked for
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

$cache = fresh_cache();
foreach ([false, true] as $delete) {
    store_session('old', ['number' => 1]);
    session_start();
    $_SESSION['number'] = 2;
    var_dump(session_regenerate_id($delete));
    $new = session_id();
    $_SESSION['more'] = 3;
    var_dump($new !== 'old', $cache->has("session:$new"));
    echo "the old one is open to others: ";
    echo other_session_process('ini_set("nitro.session_lock_wait", "0"); session_id("old"); var_dump(session_start()); session_abort();');
    session_write_close();
    var_dump($cache->get('session:old'), $cache->get("session:$new"));
}
echo "a new id: ";
session_start();
var_dump(strlen(session_create_id('prefix-')) > 7);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
the old one is open to others: bool(true)
string(11) "number|i:2;"
string(20) "number|i:2;more|i:3;"
bool(true)
bool(true)
bool(true)
the old one is open to others: bool(true)
string(0) ""
string(20) "number|i:2;more|i:3;"
a new id: bool(true)
