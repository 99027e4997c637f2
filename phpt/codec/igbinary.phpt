--TEST--
nitro.serializer=igbinary: values with objects are stored by igbinary, all others natively
--EXTENSIONS--
nitro
igbinary
--INI--
nitro.janitor=off
nitro.serializer=igbinary
--SKIPIF--
<?php
if (PHP_OS_FAMILY !== 'Linux') {
    echo 'skip the segment is no file';
}
?>
--FILE--
<?php
require __DIR__ . '/../support.inc';

enum Suit { case Hearts; }

class Node
{
    public ?Node $other = null;
    public array $list = [];
    public static array $calls = [];

    public function __serialize(): array
    {
        self::$calls[] = 'serialize';
        return ['other' => $this->other, 'list' => $this->list];
    }

    public function __unserialize(array $data): void
    {
        self::$calls[] = 'unserialize';
        ['other' => $this->other, 'list' => $this->list] = $data;
    }
}

class Thrower
{
    public bool $when_stored = false;

    public function __serialize(): array
    {
        return $this->when_stored ? throw new LogicException('when stored') : [];
    }

    public function __unserialize(array $data): void
    {
        throw new LogicException('when fetched');
    }
}

/** Its bytes are seen in the segment. */
function is_by_igbinary(NitroCache $cache, mixed $value): bool
{
    static $count = 0;
    $key = sprintf('seen %04d', $count++);
    $cache->set($key, $value) || print("not stored\n");
    $is_it = false;
    change_stored($key, function (string $bytes) use (&$is_it): string {
        $is_it = str_starts_with($bytes, "\0\0\0\x02");
        return $bytes;
    });
    return $is_it && $cache->get($key) == $value;
}

$cache = fresh_cache();

echo "who stores it\n";
var_dump(is_by_igbinary($cache, new ArrayObject([1, 2])));
var_dump(is_by_igbinary($cache, ['date' => [new DateTimeImmutable('2020-02-02')]]));
var_dump(is_by_igbinary($cache, [Suit::Hearts]));
$text = 'text';
var_dump(is_by_igbinary($cache, [1, 'two' => [3]]), is_by_igbinary($cache, [&$text, &$text]));

echo "what comes back\n";
$node = new Node;
$node->other = new Node;
$node->other->other = $node;
$node->list = ['same' => $node->other, 'case' => Suit::Hearts];
$cache->set('node', [$node, $node]);
[$first, $second] = $cache->get('node');
var_dump($first === $second, $first->other->other === $first, $first->list['same'] === $first->other, $first->list['case']);
var_dump(Node::$calls);

echo "references\n";
$array = ['object' => new stdClass, 'name' => 'a'];
$array['again'] = &$array['name'];
$cache->set('references', $array);
$found = $cache->get('references');
$found['again'] = 'b';
var_dump($found['name'], $found['object'] == new stdClass);
$object = new stdClass;
$self = [$object];
$self[] = &$self;
var_dump($cache->set('self', $self), $cache->get('self')[1][0] == new stdClass);

echo "whatever is set when it is read\n";
ini_set('nitro.serializer', 'native');
var_dump($cache->get('node')[0] instanceof Node, is_by_igbinary($cache, new stdClass));
ini_set('nitro.serializer', 'igbinary');

echo "what is refused, and thrown\n";
show_exception(fn() => $cache->set('bad', ['handler' => [new stdClass, fn() => 1]]));
show_exception(fn() => $cache->set('bad', [new stdClass, 'file' => STDIN]));
show_exception(fn() => $cache->set('bad', [new class {}]));
$thrower = new Thrower;
var_dump($cache->set('thrower', [$thrower]));
show_exception(fn() => $cache->get('thrower'));
$thrower->when_stored = true;
show_exception(fn() => $cache->set('thrower', [$thrower]));
show_exception(fn() => $cache->increment('node'));
var_dump($cache->set('thrower', 'fine'), $cache->get('thrower'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
who stores it
bool(true)
bool(true)
bool(true)
bool(false)
bool(false)
what comes back
bool(true)
bool(true)
bool(true)
enum(Suit::Hearts)
array(4) {
  [0]=>
  string(9) "serialize"
  [1]=>
  string(9) "serialize"
  [2]=>
  string(11) "unserialize"
  [3]=>
  string(11) "unserialize"
}
references
string(1) "b"
bool(true)
bool(true)
bool(true)
whatever is set when it is read
bool(true)
bool(false)
what is refused, and thrown
NitroCacheException: An object of class Closure cannot be stored: value['handler'][1]
NitroCacheException: A resource cannot be stored: value['file']
NitroCacheException: An object of an anonymous class cannot be stored: value[0]
bool(true)
LogicException: when fetched
LogicException: when stored
NitroCacheException: "node" cannot be counted: it holds an array or an object
bool(true)
string(4) "fine"
