--TEST--
Iterators and collections are built on an array of the cache as on any other
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/arrays.inc';

function pairs(iterable $iterable): array
{
    $pairs = [];
    foreach ($iterable as $key => $value) {
        $pairs[] = [$key, $value instanceof Traversable ? get_class($value) : $value];
    }
    return $pairs;
}

$steps = [
    'ArrayIterator' => fn($a) => pairs(new ArrayIterator($a)),
    'ArrayIterator, changed' => function ($a) {
        $iterator = new ArrayIterator($a);
        $iterator['new'] = 'n';
        $iterator[0] = ['zero'];
        unset($iterator['x']);
        return [pairs($iterator), $iterator->getArrayCopy(), $a];
    },
    'ArrayIterator, appended' => function ($a) { $i = new ArrayIterator($a); $i->append('a'); return [pairs($i), $a]; },
    'ArrayIterator, sought' => function ($a) { $i = new ArrayIterator($a); $i->seek(2);
        return [$i->key(), $i->current()]; },
    'ArrayIterator, sorted' => function ($a) {
        $iterator = new ArrayIterator($a);
        $iterator->ksort();
        $iterator->uasort(fn($v, $w) => strcmp(gettype($v), gettype($w)));
        return [pairs($iterator), $a];
    },
    'ArrayIterator, unset while iterated' => function ($a) {
        $iterator = new ArrayIterator($a);
        foreach ($iterator as $key => $value) {
            unset($a[$key]);
            $seen[] = $key;
        }
        return [$seen ?? [], $a, count($iterator)];
    },
    'ArrayObject' => fn($a) => [pairs(new ArrayObject($a)), count(new ArrayObject($a)), new ArrayObject($a)],
    'ArrayObject, changed deep' => function ($a) {
        $object = new ArrayObject($a, ArrayObject::ARRAY_AS_PROPS);
        $object->property = 'p';
        $object['x'] = 'x';
        $object['list']['deep'] = 'd';
        $old = $object->exchangeArray(['exchanged']);
        return [$old, $object, $a];
    },
    'ArrayObject, written through its iterator' => function ($a) {
        $object = new ArrayObject($a);
        foreach ($object as $key => &$value) {
            $value = 'w';
        }
        return [$object, $a];
    },
    'RecursiveArrayIterator' => fn($a) => pairs(new RecursiveIteratorIterator(
        new RecursiveArrayIterator($a), RecursiveIteratorIterator::SELF_FIRST)),
    'RecursiveTreeIterator' => fn($a) => pairs(new RecursiveTreeIterator(new RecursiveArrayIterator(['t' => $a]))),
    'SplFixedArray' => fn($a) => [SplFixedArray::fromArray($a)->toArray()],
    'SplFixedArray of its values' => function ($a) {
        $fixed = SplFixedArray::fromArray(array_values($a), false);
        $fixed->setSize(count($a) + 1);
        $fixed[count($a)] = 'last';
        return [$fixed->toArray(), $a];
    },
    'SplDoublyLinkedList, heaps and queues' => function ($a) {
        $all = [new SplQueue, new SplStack, new SplPriorityQueue];
        foreach (array_filter($a, 'is_int') as $key => $value) {
            $all[0]->enqueue($a);
            $all[1]->push([$key => $value]);
            $all[2]->insert($a, $value);
        }
        return [pairs($all[0]), pairs($all[1]), $all[2]->isEmpty() ? null : $all[2]->extract()];
    },
    'SplObjectStorage' => function ($a) {
        $storage = new SplObjectStorage;
        $key = new stdClass;
        $storage[$key] = $a;
        $copy = $storage[$key];
        $copy['c'] = 1;
        return [$storage[$key], $copy];
    },
    'other iterators' => fn($a) => [
        pairs(new LimitIterator(new ArrayIterator($a), 0, 2)),
        pairs(new CallbackFilterIterator(new ArrayIterator($a), fn($v) => is_array($v))),
        pairs(new CachingIterator(new ArrayIterator($a), CachingIterator::FULL_CACHE)),
        pairs(new LimitIterator(new InfiniteIterator(new ArrayIterator($a)), 0, $a ? 25 : 0)),
        pairs(new RegexIterator(new ArrayIterator(array_filter($a, 'is_string')), '/1/', RegexIterator::ALL_MATCHES)),
    ],
    'several at once' => function ($a) {
        $all = new MultipleIterator(MultipleIterator::MIT_NEED_ALL | MultipleIterator::MIT_KEYS_NUMERIC);
        $all->attachIterator(new ArrayIterator($a));
        $all->attachIterator(new IteratorIterator(new ArrayIterator($a)));
        $both = new AppendIterator;
        $both->append(new ArrayIterator($a));
        $both->append(new ArrayIterator($a));
        return [pairs($all), pairs($both)];
    },
    'iterator_to_array' => fn($a) =>
        [iterator_to_array(new ArrayIterator($a)), iterator_to_array(new ArrayObject($a), false)],
    'iterator_apply' => function ($a) {
        $seen = [];
        $iterator = new ArrayIterator($a);
        iterator_apply($iterator, function () use ($iterator, &$seen,
            $a) { return (bool) $seen[] = [$iterator->current(), $a]; });
        return $seen;
    },
    'generator' => fn($a) => pairs((function () use ($a) {
        foreach ($a as $key => &$value) {
            yield $key => $value;
            $value = 'changed';
        }
        yield from $a;
    })()),
    'generator by reference' => function ($a) {
        $each = function &() use (&$a) { foreach ($a as $key => &$value) { yield $key => $value; } };
        foreach ($each() as &$value) {
            $value = 'through the generator';
        }
        return $a;
    },
    'debug of iterators' => fn($a) =>
        print_r([new ArrayIterator($a), new ArrayObject($a), new RecursiveArrayIterator($a)], true),
];

compare_steps(fresh_cache(16), awkward_arrays(), $steps);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
all compared, 0 differences
