--TEST--
What was fetched can be stored again: wholly, in part, changed, and inside other values
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/arrays.inc';

class Box
{
    public mixed $cached = null;
    public array $list = [];
    public ?Box $inner = null;
}

$cache = fresh_cache(16);

$again = function (string $title, mixed $value) use ($cache): mixed {
    $expected = describe(plain_copy($value));
    $cache->set('again', $value) || print("$title: not stored\n");
    $actual = describe($found = $cache->get('again'));
    if ($actual !== $expected) {
        show_difference($title, $expected, $actual);
    }
    return $found;
};

foreach (awkward_arrays() as $name => $array) {
    $cache->set('source', $array);
    $fetched = $cache->get('source');
    $again("$name as it is", $fetched);
    $again("$name twice", [$fetched, $fetched, 'key' => [$fetched]]);
    $again("$name in an object", (function () use ($fetched) {
        $box = new Box;
        $box->cached = $box->list = $fetched;
        $box->inner = new Box;
        $box->inner->list = $fetched;
        return $box;
    })());
    $again("$name by reference", (function () use ($fetched) {
        $value = [&$fetched, &$fetched, 'plain' => [$fetched]];
        return $value;
    })());
    foreach ($fetched as $key => $inner) {
        $again("$name, its $key", $inner);
        $again("$name, its $key as a key", is_scalar($inner)
            && !is_float($inner) ? [$inner => $inner] : [$key => $inner]);
    }
    $changed = $fetched;
    $changed['new'] = 1;
    if (isset($changed['x'][3])) {
        $changed['x'][3]['new'] = [];
    }
    unset($changed[0]);
    $again("$name changed", [$changed, $fetched]);
    $cache->set('source', $cache->get('source'));
    $cache->set('source', [$cache->get('source')]);
    if (serialize($cache->get('source')) !== serialize([$array])) {
        echo "$name did not survive being stored under its own key\n";
    }
    if (serialize($fetched) !== serialize($array)) {
        echo "$name changed in the hands of its holder\n";
    }
}

// Handed on many times, a little changed each time, while the entries it came from are reused.
$cache->set('generation', ['numbers' => [], 'text' => str_repeat('x', 3000), 'kept' => [1, ['deep' => []]]]);
for ($i = 0; $i < 300; ++$i) {
    $value = $cache->get('generation');
    $value['numbers'][] = $i;
    $value['text'] .= 'y';
    $i % 3 || $value['kept'] = [$value['kept'][0] + 1, $value['kept'][1]];
    $cache->set($i % 2 ? 'generation' : 'other generation', $value) || print("not stored\n");
    $i % 2 || $cache->set('generation', $cache->get('other generation')) || print("not stored\n");
    $cache->set('filler ' . $i % 20, str_repeat(chr($i % 256), 100_000));
}
$value = $cache->get('generation');
var_dump($value['numbers'] === range(0, 299), strlen($value['text']), $value['kept']);

// From one cache to another, which forgets nothing when the first one is gone.
$other = new NitroCache(4, cache_name('-other'));
$other->set('moved', [$value, $cache->get('generation')]);
$cache->clear();
unset($value);
var_dump($other->get('moved')[1]['numbers'] === range(0, 299));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
remove_cache('-other');
?>
--EXPECT--
bool(true)
int(3300)
array(2) {
  [0]=>
  int(101)
  [1]=>
  array(1) {
    ["deep"]=>
    array(0) {
    }
  }
}
bool(true)
