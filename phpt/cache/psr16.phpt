--TEST--
A class that extends NitroCache can implement PSR-16's CacheInterface
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

eval(<<<'PHP'
namespace Psr\SimpleCache;

// As in psr/simple-cache 3.
interface CacheInterface
{
    public function get(string $key, mixed $default = null): mixed;
    public function set(string $key, mixed $value, null|int|\DateInterval $ttl = null): bool;
    public function delete(string $key): bool;
    public function clear(): bool;
    public function getMultiple(iterable $keys, mixed $default = null): iterable;
    public function setMultiple(iterable $values, null|int|\DateInterval $ttl = null): bool;
    public function deleteMultiple(iterable $keys): bool;
    public function has(string $key): bool;
}
PHP);
eval('class MyCache extends NitroCache implements Psr\SimpleCache\CacheInterface {}');

remove_cache();
$cache = new MyCache(4, cache_name());
var_dump($cache instanceof Psr\SimpleCache\CacheInterface);
var_dump($cache->set('key', 'value'), $cache->get('key'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
bool(true)
string(5) "value"
