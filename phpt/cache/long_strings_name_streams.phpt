--TEST--
Stream wrappers and filters named by strings of the cache are gone before the strings are
--EXTENSIONS--
nitro
--SKIPIF--
<?php
if (PHP_OS_FAMILY !== 'Linux') die('skip removes files of /dev/shm');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

final class Wrapper
{
    public $context;
    public function stream_open($path, $mode, $options, &$opened) { return true; }
    public function stream_read($count) { return ''; }
    public function stream_eof() { return true; }
    public function stream_stat() { return []; }
}
final class Filter extends php_user_filter {}

$cache = fresh_cache(16);
$cache->set('name', str_repeat('x', 3000));
$name = $cache->get('name');
var_dump(stream_wrapper_register($name, Wrapper::class));
var_dump(stream_filter_register($name, Filter::class));
var_dump(is_resource(fopen("$name://x", 'r')));

// A name that is no interned string makes PHP look at all of them.
stream_wrapper_register(str_repeat('y', mt_rand(2, 3)), Wrapper::class);
stream_filter_register(str_repeat('y', mt_rand(2, 3)), Filter::class);

// PHP empties its tables of wrappers and filters after everything else. By then the memory that the
// name lies in is not even mapped: the cache was removed, and this process has left it.
remove_cache();
usleep(1_050_000);
$cache->set('key', 'in a new cache');
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
