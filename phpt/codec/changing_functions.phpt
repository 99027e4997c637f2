--TEST--
Functions that change an array in place change a copy of the cached one
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/arrays.inc';

$steps = [
    'array_push' => fn(array $array) => [array_push($array, 'p', ['q'], null), $array],
    'array_pop' => fn(array $array) => [array_pop($array), array_pop($array), $array],
    'array_pop, then append' => function (array $array): array {
        array_pop($array);
        $array[] = 'after';
        return $array;
    },
    'array_pop until empty' => function (array $array): array {
        for ($popped = []; $array;) {
            $popped[] = array_pop($array);
        }
        $array[] = 'first';
        return [$popped, $array];
    },
    'array_shift' => fn(array $array) => [array_shift($array), array_shift($array), $array],
    'array_shift until empty' => function (array $array): array {
        for ($shifted = []; $array;) {
            $shifted[] = array_shift($array);
        }
        $array[] = 'first';
        return [$shifted, $array];
    },
    'array_unshift' => fn(array $array) => [array_unshift($array, 'u', ['v']), $array],
    'array_splice' => fn(array $array) => [array_splice($array, 1, 2), $array],
    'array_splice, replacing' => fn(array $array) => [array_splice($array, -2, 1, ['new', ['newer']]), $array],
    'array_splice of everything' => fn(array $array) => [array_splice($array, 0), $array],
    'array_splice of itself' => fn(array $array) => [array_splice($array, 1, 0, $array), $array],
    'array_walk' => function (array $array): array {
        array_walk($array, function (&$value, $key, $more) {
            $value = [$key, $value, $more];
        }, 'more');
        return $array;
    },
    'array_walk, only looking' => function (array $array): array {
        $seen = [];
        array_walk($array, function ($value, $key) use (&$seen) {
            $seen[] = [$key, $value];
        });
        return [$seen, $array];
    },
    'array_walk, throwing' => fn(array $array) => array_walk($array, fn(&$value) => throw new LogicException),
    'array_walk_recursive' => function (array $array): array {
        array_walk_recursive($array, function (&$value, $key) {
            $value = "$key!";
        });
        return $array;
    },
    'array_walk that appends' => function (array $array): array {
        array_walk($array, function (&$value, $key) use (&$array) {
            if (count($array) < 40) {
                $array["$key more"] = $value;
            }
        });
        return $array;
    },
    'extract' => function (array $array): array {
        $found = extract($array, EXTR_PREFIX_ALL, 'p');
        return [$found, get_defined_vars()];
    },
    'extract by reference' => function (array $array): array {
        $found = extract($array, EXTR_REFS | EXTR_PREFIX_ALL, 'p');
        $p_x = $p_0 = $p_apple = 'changed';
        return [$found, $array];
    },
    'settype' => function (array $array): array {
        $as = [];
        foreach (['bool', 'int', 'float', 'string', 'null', 'array'] as $type) {
            $value = $array;
            settype($value, $type);
            $as[] = $value;
        }
        return $as;
    },
    'casts' => fn(array $array) => [(bool) $array, (int) $array, (float) $array, (array) $array,
        (array) (object) $array],
    'as object, changed' => function (array $array): array {
        $object = (object) $array;
        $object->new = 'property';
        $object->{'0'} = 'zero';
        unset($object->x, $object->Apple);
        return [$object, $array, (array) $object];
    },
    'array_fill_keys, array_flip back' => fn(array $array) => @array_fill_keys(array_keys($array), $array),
    'preg_match into it' => fn(array $array) => [preg_match('/b/', 'abc', $array), $array],
    'str_replace counting into it' => fn(array $array) => [str_replace('a', 'b', 'aaa', $array), $array],
    'parse_str into it' => fn(array $array) => [parse_str('a[]=1&b=2', $array), $array],
    'sscanf into elements' => fn(array $array) => [sscanf('12 ab', '%d %s', $array['d'], $array['s']), $array],
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
