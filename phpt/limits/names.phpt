--TEST--
A name that can be no cache's is refused, and the argument is named
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

foreach (['', '.', '.hidden', 'a/b', '../x', 'a b', "a\0b", 'ä', str_repeat('n', 65)] as $name) {
    show_exception(fn() => new NitroCache(4, $name));
}

echo "the longest one:\n";
$longest = str_pad(cache_name(), 64, 'n');
$cache = new NitroCache(4, $longest);
var_dump($cache->set('key', 1), $cache->getStats()['name'] === $longest);
remove_cache(substr($longest, strlen(cache_name())));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
ValueError: NitroCache::__construct(): Argument #2 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot
ValueError: NitroCache::__construct(): Argument #2 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot
ValueError: NitroCache::__construct(): Argument #2 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot
ValueError: NitroCache::__construct(): Argument #2 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot
ValueError: NitroCache::__construct(): Argument #2 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot
ValueError: NitroCache::__construct(): Argument #2 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot
ValueError: NitroCache::__construct(): Argument #2 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot
ValueError: NitroCache::__construct(): Argument #2 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot
ValueError: NitroCache::__construct(): Argument #2 ($name) must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot
the longest one:
bool(true)
bool(true)
