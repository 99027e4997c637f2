--TEST--
A value stays what it was while somebody holds it, whatever happens to its entry
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

final class Node { public array $list = [1, 2]; public string $text = ''; public ?Node $next = null; }

function sample(): array
{
    return ['list' => range(1, 50), 'map' => ['k' => ['deep' => str_repeat('d', 2500)], 'e' => []], 'long' =>
        str_repeat('l', 5000)];
}
function sample_object(): Node
{
    $node = new Node;
    $node->list = sample();
    $node->text = str_repeat('t', 4000);
    $node->next = new Node;
    return $node;
}

$cache = fresh_cache(4);
$ends = [
    'deleted' => fn() => $cache->delete('array') && $cache->delete('object'),
    'overwritten' => fn() => $cache->set('array', 'other') && $cache->set('object', 'other'),
    'overwritten by its like' => fn() => $cache->set('array', array_fill(0, 60, 'other'))
        && $cache->set('object', new Node),
    'cleared' => fn() => $cache->clear(),
    'expired' => fn() => $cache->set('array', 1, -1) && $cache->set('object', 1, -1),
    'evicted' => fn() => true,
    'replaced by another process' => fn() => trim(other_process('
        $cache = new NitroCache(name: $name);
        $cache->clear();
        $cache->set("array", [1]);
        echo "done";
    ')) === 'done',
];
foreach ($ends as $end => $how) {
    $cache->clear();
    $cache->set('array', sample());
    $cache->set('object', sample_object());
    $array = $cache->get('array');
    $part = $cache->get('array')['map']['k'];
    $key = array_key_first($cache->get('array')['map']);
    $text = $cache->get('array')['long'];
    $list = $cache->get('object')->list;
    $object = $cache->get('object');
    if (!$how()) {
        echo "$end: did not work\n";
    }
    // What nobody holds is overwritten by this.
    for ($i = 0; $i < 400; ++$i) {
        $cache->set("flood $i", str_repeat(chr($i % 256), 40_000));
    }
    if ($array !== sample() || $part !== sample()['map']['k'] || $key !== 'k' || $text !== sample()['long']
        || $list !== sample() || $object != sample_object()) {
        echo "$end: changed\n";
    }
    $array['map']['k']['more'] = $part;
    if ($array['map']['k']['more'] !== sample()['map']['k']) {
        echo "$end: cannot be changed any more\n";
    }
}
echo count($ends), " ends\n";

// Weak things: nobody else may hold an object that was rebuilt.
$cache->set('object', sample_object());
$weak = new WeakMap;
$object = $cache->get('object');
$weak[$object] = $object->list;
$weak[$object->next] = 'inner';
$reference = WeakReference::create($object->next);
$inner = $object->next;
$object = null;
var_dump(count($weak), $weak[$inner], $reference->get() === $inner);
$inner = null;
var_dump(count($weak), $reference->get());

// Collected in time when they are garbage.
for ($i = 0; $i < 3; ++$i) {
    $object = $cache->get('object');
    $object->next->next = $object;
    $object->list['self'] = [$object];
    $weak[$object] = 1;
}
unset($object);
gc_collect_cycles();
var_dump(count($weak));

// Memory is given back: what is fetched is not kept.
$used = memory_get_usage();
for ($i = 0; $i < 2000; ++$i) {
    $cache->get('object')->list['map']['e'][] = $i;
}
var_dump(memory_get_usage() - $used < 100_000);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
7 ends
int(1)
string(5) "inner"
bool(true)
int(0)
NULL
int(0)
bool(true)
