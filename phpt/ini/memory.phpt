--TEST--
nitro.memory sets the size, in bytes or with a suffix
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

foreach (['2M' => 2 << 20, '3145728' => 3 << 20, '2048k' => 2 << 20] as $setting => $bytes) {
    remove_cache();
    echo other_process('
        $stats = (new NitroCache(name: $name))->getStats();
        echo $stats["max_bytes"], " ", $stats["refused_bytes"], "\n";
    ', "-d nitro.memory=$setting");
}

echo "the argument has precedence:\n";
remove_cache();
echo other_process('echo (new NitroCache(1.5, $name))->getStats()["max_bytes"], "\n";', '-d nitro.memory=2M');
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
2097152 0
3145728 0
2097152 0
the argument has precedence:
1572864
