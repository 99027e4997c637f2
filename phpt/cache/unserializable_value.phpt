--TEST--
A value that cannot be serialized throws, and what was there stays
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
--EXPECTF--
Exception: Serialization of 'Closure' is not allowed
Exception: Serialization of 'class@anonymous' is not allowed
NitroCacheException: A resource cannot be stored
%SException: %s
string(3) "old"
