--TEST--
nitro.entry_size trades room for entries against room for values
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$room = [];
foreach ([64, 224, 4096] as $size) {
    remove_cache();
    $room[] = (int) other_process('echo (new NitroCache(4, $name))->getStats()["capacity_bytes"];',
        "-d nitro.entry_size=$size");
}
var_dump($room[0] < $room[1], $room[1] < $room[2]);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(true)
