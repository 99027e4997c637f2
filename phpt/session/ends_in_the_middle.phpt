--TEST--
A request that ends in the middle stores its session, and leaves it to others
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

$cache = fresh_cache();
foreach ([
    'exit' => 'exit;',
    'exception' => 'throw new Exception("thrown");',
    'fatal error' => 'class Same {} eval("class Same {}");',
    'memory limit' => 'str_repeat("x", 200_000_000);',
    'exit in a destructor' => '$_SESSION["object"] = new class { function __destruct() { exit; } }; unset($_SESSION["object"]);',
    'exception while it is stored' => '$_SESSION["object"] = new class { function __serialize(): array { throw new Exception("thrown"); } };',
] as $how => $code) {
    $cache->delete('session:id');
    other_session_process("session_id('id'); session_start(); \$_SESSION['how'] = '$how'; $code");
    ini_set('nitro.session_lock_wait', '0');
    echo "$how: ", var_export($cache->get('session:id'), true), ', ', json_encode(session_data('id')), "\n";
}
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
exit: 'how|s:4:"exit";', {"how":"exit"}
exception: 'how|s:9:"exception";', {"how":"exception"}
fatal error: 'how|s:11:"fatal error";', {"how":"fatal error"}
memory limit: 'how|s:12:"memory limit";', {"how":"memory limit"}
exit in a destructor: 'how|s:20:"exit in a destructor";', {"how":"exit in a destructor"}
exception while it is stored: '', []
