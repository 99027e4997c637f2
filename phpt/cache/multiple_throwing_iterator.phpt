--TEST--
An exception out of a Traversable goes through, and nothing is returned
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

function broken() {
    yield 'a' => 'a';
    throw new LogicException('out of the generator');
}

$cache = fresh_cache();
show_exception(fn() => $cache->getMultiple(broken()));
show_exception(fn() => $cache->deleteMultiple(broken()));
show_exception(fn() => $cache->setMultiple(broken()));
var_dump($cache->get('a'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
LogicException: out of the generator
LogicException: out of the generator
LogicException: out of the generator
string(1) "a"
