--TEST--
Each get gives a value of its own; changing one changes neither the others nor the cache
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

final class Point
{
    public array $list = [1, [2]];
    public function __construct(public int $x, public ?Point $next = null) {}
}

$array = ['list' => [1, 2, 3], 'map' => ['deep' => ['deeper' => []]], 'text' => str_repeat('t', 3000)];
$object = new Point(1, new Point(2));
$cache = fresh_cache(16);
$cache->set('array', $array);
$cache->set('object', $object);
$cache->set('both', [$array, $object, $array]);

$first = $cache->get('array');
$second = $cache->get('array');
$assigned = $first;
$first['list'][] = 4;
$first['map']['deep']['deeper'][] = 1;
$first['text'][0] = 'T';
echo "array:";
var_dump($second === $array, $assigned === $array, $cache->get('array') === $array);

$several = $cache->getMultiple(['array', 'both']);
$several['array']['list'] = 'changed';
$several['both'][0]['list'][0] = 'changed';
echo "several:";
var_dump($several['both'][2] === $array, $cache->get('array') === $array, $cache->get('both')[0] === $array);

$first = $cache->get('object');
$second = $cache->get('object');
$clone = clone $first;
$first->x = 10;
$first->list[1][] = 'changed';
$first->next->list[] = 'changed';
$first->next->next = $first;
echo "object:";
var_dump($first !== $second, $second == $object, $clone->x, $clone->list === $object->list,
    $cache->get('object') == $object);

// The pure arrays inside an object are used in place: by many objects at once.
$objects = array_map(fn() => $cache->get('both'), range(1, 20));
foreach ($objects as $number => $found) {
    $found[1]->list[$number] = $number;
    unset($found[1]->list[0]);
    sort($found[0]['list']);
}
echo "many:";
var_dump(
    count(array_unique(array_map(fn($found) => serialize($found[1]->list), $objects))),
    $cache->get('both') == [$array, $object, $array],
);

// Taken by reference, in every way in which one can get hold of one.
$by_reference = $cache->get('array');
$reference = &$by_reference['list'];
$reference[] = 'changed';
foreach ($by_reference['map'] as &$inner) {
    $inner['new'] = 'changed';
}
unset($reference, $inner);
$copy = $by_reference;
$copy['list'][] = 'in the copy only';
echo "references:";
var_dump(count($by_reference['list']), count($copy['list']), $cache->get('array') === $array);

// What was stored stays what it was, too.
$cache->set('kept', $array);
$array['list'][] = 'changed after';
$object->x = 99;
echo "the one who stored:";
var_dump(count($cache->get('kept')['list']), $cache->get('object')->x);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
array:bool(true)
bool(true)
bool(true)
several:bool(true)
bool(true)
bool(true)
object:bool(true)
bool(true)
int(1)
bool(true)
bool(true)
many:int(20)
bool(true)
references:int(4)
int(5)
bool(true)
the one who stored:int(3)
int(1)
