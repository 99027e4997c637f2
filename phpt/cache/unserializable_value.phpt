--TEST--
A value that cannot be stored throws, names the place, and what was there stays
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('key', 'old');
show_exception(fn() => $cache->set('key', fn() => 1));
show_exception(fn() => $cache->set('key', ['deep' => [new class {}]]));
show_exception(fn() => $cache->set('key', fopen('php://memory', 'r')));
show_exception(fn() => $cache->set('key', new class extends ArrayObject {
    public function __serialize(): array { throw new LogicException('not now'); }
}));
var_dump($cache->get('key'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
NitroCacheException: An object of class Closure cannot be stored: value
NitroCacheException: An object of an anonymous class cannot be stored: value['deep'][0]
NitroCacheException: A resource cannot be stored: value
NitroCacheException: An object of an anonymous class cannot be stored: value
string(3) "old"
