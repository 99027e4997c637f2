--TEST--
SPL's collections come back with their elements, flags and own properties
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

#[AllowDynamicProperties]
class MyArray extends ArrayObject
{
    public array $own = ['default'];
    private ?MyArray $inner = null;
    public function with(array $own, ?MyArray $inner): static { [$this->own, $this->inner] = [$own, $inner];
        return $this; }
}
final class MyStorage extends SplObjectStorage
{
    public $label = 'default';
    public function getHash(object $object): string { return get_class($object); }
}
final class MyList extends SplDoublyLinkedList { public array $own = []; protected int $count = 0; }
final class MyFixed extends SplFixedArray { public $own = 'default'; }
final class MyHeap extends SplMinHeap { public $own = 'default'; }
final class WokenArray extends ArrayObject
{
    public array $log = [];
    public function __wakeup(): void { $this->log[] = 'woken'; }
}
final class AskedArray extends ArrayObject
{
    public array $log = ['new'];
    public function __serialize(): array { return [parent::__serialize(), 'extra' => [1]]; }
    public function __unserialize(array $data): void { parent::__unserialize($data[0]); $this->log[] = $data['extra']; }
}

/** @param callable(object): mixed $change */
function made(object $object, callable $change): object
{
    $change($object);
    return $object;
}
$shared = new stdClass;
$shared->name = 'shared';
$long = str_repeat('l', 3000);
$fill = function ($list) use ($shared) { foreach ([1, 'two', [3, [4]], $shared, null,
    $shared] as $value) { $list->push($value); } };

$values = [
    'ArrayObject' => new ArrayObject(['a' => 1, 2, ['deep' => [3]], $long => $long]),
    'ArrayObject, empty' => new ArrayObject,
    'ArrayObject, flags' => new ArrayObject([1], ArrayObject::ARRAY_AS_PROPS, 'RecursiveArrayIterator'),
    'ArrayObject, properties' => made(new ArrayObject([1]), function ($a) { $a->dynamic = ['d']; }),
    'ArrayObject of an object' => new ArrayObject(made(new stdClass, function ($o) { $o->p = [1]; })),
    'ArrayObject of a shared object' => [$shared, new ArrayObject($shared), $shared],
    'ArrayObject of ArrayObject' => new ArrayObject(new ArrayObject([1, [2]])),
    'ArrayObject of itself' => made(new ArrayObject, function ($a) { $a['self'] = $a; $a['list'] = [$a]; }),
    'ArrayObject of many' => new ArrayObject(range(1, 1000)),
    'ArrayObject of references' => (function () { $x = 1; return [new ArrayObject([&$x, &$x]), &$x]; })(),
    'ArrayIterator' => [new ArrayIterator([1, 2, 3]),
        made(new ArrayIterator(['a' => 1, 'b' => 2]), fn($i) => $i->next()), new RecursiveArrayIterator([[1], 2])],
    'extended ArrayObject' => (new MyArray([1]))->with(['o' => [1]], (new MyArray(['x' => 'y']))->with([], null)),
    'extended ArrayObject, dynamic' => made(new MyArray, function ($a) { $a->dynamic = $a; $a['d'] = 1; }),
    'extended ArrayObject, __wakeup' => new WokenArray([1]),
    'extended ArrayObject, __serialize' => [new AskedArray(['x' => [1]])],
    'SplObjectStorage' => made(new SplObjectStorage,
        function ($s) use ($shared) { $s[$shared] = ['data', [1]]; $s[new stdClass] = $shared; $s->attach($s); }),
    'SplObjectStorage, of arrays' =>
        [$shared, made(new SplObjectStorage, function ($s) use ($shared) { $s[$shared] = range(1, 100); })],
    'SplObjectStorage, extended' =>
        made(new MyStorage, function ($s) use ($shared) { $s[$shared] = 1; $s[new ArrayObject] = 2;
        $s->label = ['l']; }),
    'SplDoublyLinkedList' => made(new SplDoublyLinkedList, $fill),
    'SplDoublyLinkedList, mode' =>
        made(made(new SplDoublyLinkedList, $fill), fn($l) => $l->setIteratorMode(SplDoublyLinkedList::IT_MODE_DELETE)),
    'SplDoublyLinkedList, extended' => made(made(new MyList, $fill), function ($l) { $l->own = ['o' => [1]]; }),
    'SplQueue' => made(new SplQueue, $fill),
    'SplStack' => made(new SplStack, $fill),
    'SplFixedArray' => SplFixedArray::fromArray([1, 'two', [3, [4]], $shared, $shared, null]),
    'SplFixedArray, empty' => [new SplFixedArray, new SplFixedArray(5)],
    'SplFixedArray, extended' => made(new MyFixed(3), function ($f) { $f[1] = ['x']; $f->own = ['o']; }),
    'SplMinHeap' => made(new SplMinHeap, function ($h) { $h->insert(3); $h->insert(1); }),
    'SplHeap, extended' => made(new MyHeap, function ($h) { $h->insert([1]); $h->own = 'changed'; }),
    'SplPriorityQueue' => made(new SplPriorityQueue, function ($q) { $q->insert('x', 1); }),
    'nested' => new ArrayObject(['s' =>
        made(new SplObjectStorage, fn($s) => $s[new ArrayObject([1])] = new SplFixedArray(1)), 'q' =>
        [made(new SplQueue, $fill)]]),
    'many small ones' => array_map(fn($i) => new ArrayObject([$i]), range(1, 300)),
];
$cache = fresh_cache(16);
compare_round_trips($cache, $values);

// Not only do they look alike: they work, and write into copies.
$steps = [
    'iterated' => function (Traversable $t) { foreach (clone $t as $key => $value) { $seen[] = [$key, $value];
        } return [$seen ?? [], count($t)]; },
    'written' => function (ArrayAccess $a) { $a[0] = 'written'; unset($a['a'], $a[1]); return $a; },
    'appended to' => function (ArrayAccess $a) { $a[] = 'appended'; return [count($a), $a]; },
    'sorted' => fn(ArrayObject $a) => [$a->uasort(fn($x, $y) => strcmp(gettype($x), gettype($y))), $a->getArrayCopy()],
    'exchanged' => fn(ArrayObject $a) => [$a->exchangeArray([1]), $a],
    'written within' => function (ArrayObject $a) { $a['a'] = ['x']; $a['a']['y'] = 1; $a->own['z'] = 2; return $a; },
    'popped' => fn(SplDoublyLinkedList $l) => [$l->pop(), $l->shift(), $l->top(), $l],
    'extracted' => fn(SplHeap $h) => [$h->extract(), count($h), $h->isCorrupted()],
    'contains' => fn(SplObjectStorage $s) => [$s->contains($s), count($s), $s->getInfo(), $s->addAll($s), $s],
    'resized' => fn(SplFixedArray $f) => [$f->setSize(8), $f->toArray(), $f->getSize()],
];
compare_steps($cache, array_filter($values, fn($value) => is_object($value) && !outcome_throws($value)), $steps);

function outcome_throws(object $value): bool
{
    try {
        plain_copy($value);
        return false;
    } catch (Throwable) {
        return true;
    }
}
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
31 compared, 0 differences
all compared, 0 differences
