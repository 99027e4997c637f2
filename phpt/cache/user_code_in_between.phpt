--TEST--
__serialize and __unserialize may use the same cache
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

final class Node
{
    public static NitroCache $cache;

    public function __construct(public string $name, public array $list = []) {}

    public function __serialize(): array
    {
        $shared = [1];
        self::$cache->set("written by $this->name", [&$shared, &$shared]);
        self::$cache->clear();
        self::$cache->set("written by $this->name", [&$shared, &$shared]);
        return ['name' => $this->name, 'list' => $this->list];
    }

    public function __unserialize(array $data): void
    {
        $this->name = $data['name'];
        $this->list = $data['list'];
        // Back references of one value must not lead into the other.
        $pair = self::$cache->get("written by $this->name");
        $pair[0][] = 2;
        echo "$this->name reads ", json_encode($pair), "\n";
        self::$cache->delete('outer');
        self::$cache->set('filler', str_repeat('f', 10_000));
    }
}

$cache = Node::$cache = fresh_cache();
$object = new Node('inner', [1, 2, 3]);
var_dump($cache->set('outer', [$object, $object]));
$found = $cache->get('outer');
var_dump($found[0] === $found[1], $found[0]->list, $cache->has('outer'));

// PHP's own serializer goes on as if nothing had happened.
var_dump(unserialize(serialize([$shared = new stdClass, $shared])) == [$shared, $shared]);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
inner reads [[1,2],[1,2]]
bool(true)
array(3) {
  [0]=>
  int(1)
  [1]=>
  int(2)
  [2]=>
  int(3)
}
bool(false)
bool(true)
