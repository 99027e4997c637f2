--TEST--
A typed property that refers to the array which holds its object comes back
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

class Typed
{
    public array $list = [];
    public ?Typed $other = null;
}
$cache = fresh_cache();

$object = new Typed;
$list = [$object, 'end'];
$object->list = &$list;
$outer = [&$list, 1];
$cache->set('list', $outer);
$found = $cache->get('list');
var_dump($found[0][0] instanceof Typed, $found[0][0]->list[1]);
$found[0][] = 'more';
var_dump(count($found[0][0]->list));

$first = new Typed;
$first->other = new Typed;
$first->other->other = &$first;
$outer = [&$first];
$cache->set('object', $outer);
$found = $cache->get('object');
var_dump($found[0]->other->other === $found[0]);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
string(3) "end"
int(3)
bool(true)
