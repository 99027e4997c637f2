--TEST--
A subclass may override methods and have properties of its own
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

class Prefixed extends NitroCache
{
    public int $calls = 0;

    public function __construct(private string $prefix)
    {
        parent::__construct(4, cache_name());
    }

    public function get(string $key, mixed $default = null): mixed
    {
        ++$this->calls;
        return parent::get($this->prefix . $key, $default);
    }

    public function set(string $key, mixed $value, null|int|float|DateInterval $ttl = null, array $tags = []): bool
    {
        return parent::set($this->prefix . $key, $value, $ttl, $tags);
    }
}

$cache = fresh_cache();
$prefixed = new Prefixed('p:');
$prefixed->set('key', 'value');
var_dump($prefixed->get('key'), $cache->get('p:key'), $prefixed->calls);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
string(5) "value"
string(5) "value"
int(1)
