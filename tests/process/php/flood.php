<?php
// Writes cold entries: for each line on stdin so many bytes of keys and values, then answers a line.
//   flood.php VALUE_SIZE BYTES_PER_LINE
[, $size, $bytes_per_line] = $argv;

$cache = new NitroCache();
$value = str_repeat('c', $size);
$number = 0;
$failed = 0;
while (fgets(STDIN) !== false) {
    for ($written = 0; $written < $bytes_per_line; $written += $size + strlen($key)) {
        $key = 'cold ' . $number++;
        $failed += (int) !$cache->set($key, $value);
    }
    echo "$failed\n";
}
