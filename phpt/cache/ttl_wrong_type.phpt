--TEST--
A TTL that is no number of seconds is refused, and the argument is named
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('key', 'old');
show_exception(fn() => $cache->set('key', 'new', NAN));
show_exception(fn() => $cache->set('key', 'new', 'soon'));
show_exception(fn() => $cache->set('key', 'new', []));
show_exception(fn() => $cache->set('key', 'new', new DateTimeImmutable));
show_exception(fn() => $cache->setMultiple(['key' => 'new'], NAN));
show_exception(fn() => $cache->increment('other', 1, 0, NAN));
var_dump($cache->get('key'), $cache->has('other'));

// As everywhere in PHP without strict_types.
var_dump($cache->set('key', 'new', '60'), $cache->get('key'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
ValueError: NitroCache::set(): Argument #3 ($ttl) must be a number of seconds, NAN given
TypeError: NitroCache::set(): Argument #3 ($ttl) must be of type DateInterval|int|float|null, string given
TypeError: NitroCache::set(): Argument #3 ($ttl) must be of type DateInterval|int|float|null, array given
TypeError: NitroCache::set(): Argument #3 ($ttl) must be of type DateInterval|int|float|null, DateTimeImmutable given
ValueError: NitroCache::setMultiple(): Argument #2 ($ttl) must be a number of seconds, NAN given
ValueError: NitroCache::increment(): Argument #4 ($ttl) must be a number of seconds, NAN given
string(3) "old"
bool(false)
bool(true)
string(3) "new"
