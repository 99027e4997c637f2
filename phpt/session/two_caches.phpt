--TEST--
Two caches, two prefixes, two session names: sessions of their own
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

fresh_cache();
remove_cache('-b');
new NitroCache(4, cache_name('-b'));
$paths = ['name=' . cache_name(), 'name=' . cache_name('-b'), 'name=' . cache_name() . ';prefix=other:'];
foreach ([true, false] as $is_first) {
    foreach ($paths as $number => $path) {
        ini_set('session.save_path', $path);
        $is_first ? store_session('same', ['number' => $number]) : print(session_data('same')['number'] . "\n");
    }
}

echo "names:\n";
ini_set('session.use_cookies', '1');
foreach ([1, 2, 1, 2] as $number) {
    session_name("NAME$number");
    session_id("id-$number");
    session_start();
    $_SESSION['visits'] = ($_SESSION['visits'] ?? 0) + $number;
    echo session_name(), ': ', $_SESSION['visits'], "\n";
    session_write_close();
}
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
remove_cache('-b');
?>
--EXPECT--
0
1
2
names:
NAME1: 1
NAME2: 2
NAME1: 2
NAME2: 4
