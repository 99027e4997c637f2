--TEST--
Damaged bytes of a compressed string are a miss, and ask for no memory
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
memory_limit=64M
--SKIPIF--
<?php
require __DIR__ . '/../support.inc';
echo PHP_OS_FAMILY !== 'Linux' ? 'skip the segment is no file' : (has_compression() ? '' : 'skip built without zstd');
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
ini_set('nitro.compress_above', '1K');
$text = str_repeat('some text, ', 7000);  // its frame has a length of four bytes
$huge = 1 << 31;
$damages = [
    'length one less' => fn(string $bytes) => pack('P', 76_999) . substr($bytes, 8),
    'length one more' => fn(string $bytes) => pack('P', 77_001) . substr($bytes, 8),
    'length not known' => fn(string $bytes) => pack('P', -1) . substr($bytes, 8),
    'length wrong' => fn(string $bytes) => pack('P', -2) . substr($bytes, 8),
    'length 0' => fn(string $bytes) => pack('P', 0) . substr($bytes, 8),
    'both lengths huge' => fn(string $bytes) => pack('P', $huge) . substr($bytes, 8, 5) . pack('V', $huge) . substr($bytes, 17),
    'both lengths one more' => fn(string $bytes) => pack('P', 77_001) . substr($bytes, 8, 5) . pack('V', 77_001) . substr($bytes, 17),
    'no frame' => fn(string $bytes) => substr($bytes, 0, 8) . str_repeat('x', strlen($bytes) - 8),
    'nothing but zeros' => fn(string $bytes) => str_repeat("\0", strlen($bytes)),
    'the end is cut off' => fn(string $bytes) => substr($bytes, 0, -9) . str_repeat("\0", 9),
];
/** What comes back. */
function damaged(callable $damage): string
{
    global $cache, $text;
    static $count = 0;
    $key = sprintf('damaged %04d', $count++);
    $cache->set($key, $text);
    change_stored($key, $damage);
    return $cache->get($key, 'missing');
}

foreach ($damages as $what => $damage) {
    $found = damaged($damage);
    echo "$what: ", strlen($found) < 10 ? $found : strlen($found), "\n";
}

// Anything else gives a miss or a string of that length.
mt_srand(1);
for ($i = 0; $i < 300; ++$i) {
    $found = damaged(function (string $bytes): string {
        for ($n = mt_rand(1, 3); $n > 0; --$n) {
            $bytes[mt_rand(0, strlen($bytes) - 1)] = chr(mt_rand(0, 255));
        }
        return $bytes;
    });
    $found === 'missing' || strlen($found) === strlen($text) || print('a length of ' . strlen($found) . "\n");
}
var_dump(damaged(fn(string $bytes) => $bytes) === $text);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
length one less: missing
length one more: missing
length not known: missing
length wrong: missing
length 0: missing
both lengths huge: missing
both lengths one more: missing
no frame: missing
nothing but zeros: missing
the end is cut off: missing
bool(true)
