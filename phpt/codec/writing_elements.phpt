--TEST--
Writing into a fetched array, at any depth and by any means, leaves the cached one alone
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/arrays.inc';

class Holder { public mixed $kept; public static mixed $all; public array $typed = []; }
function change(array &$array): void { $array['changed'] = true; $array[0] = 'zero'; }
function &element(array &$array): mixed { return $array['x'][3]; }

$steps = [
    'append' => function (array $array): array { $array[] = 1; $array[] = 2; return $array; },
    'overwrite' => function (array $array): array { $array[0] = 'o'; $array['x'] = 'o'; $array[-1] = 'o';
        return $array; },
    'create on the way' => function (array $array): array { $array['n']['e']['w'][] = 1; return $array; },
    'nested append' => function (array $array): array { $array['x'][3]['y'][] = 1; return $array; },
    'nested overwrite' => function (array $array): array { $array['x'][3]['y'][0] = 'new'; return $array; },
    'deepest append' => function (array $array): array {
        $place = &$array;
        while (is_array($place) && is_array($first = reset($place))) {
            $place = &$place[key($place)];
        }
        $place[] = 'deep';
        return $array;
    },
    'to an empty inner array' => function (array $array): array { $array['x'][3]['e'][] = 1; $array['z']['k'] = 2;
        return $array; },
    'operators' => function (array $array): array {
        $array['x'] ??= 'default';
        @$array[0] .= 'text';
        $array['count'] ??= 0;
        $array['count'] += 2;
        ++$array['count'];
        return $array;
    },
    'string offset in an element' => function (array $array): array { $array['text'][1] = '#'; return $array; },
    'reference to an element' => function (array $array): array {
        $copy = $array;
        $reference = &$array[0];
        $reference = ['by reference'];
        return [$array, $copy];
    },
    'reference to a nested element' => function (array $array): array {
        $reference = &$array['x'][3]['y'][0];
        $reference = 'by reference';
        $copy = $array;
        unset($reference);
        $copy['x'][3]['y'][0] = 'shared by now';
        return [$array, $copy];
    },
    'reference to the whole' => function (array $array): array {
        $reference = &$array;
        $reference[] = 'one';
        $array['two'] = 2;
        return [$reference, $array];
    },
    'foreach by reference' => function (array $array): array {
        foreach ($array as $key => &$value) {
            $value = [$key => $value];
        }
        return $array;
    },
    'foreach by reference, growing' => function (array $array): array {
        $limit = count($array) + 5;
        foreach ($array as &$value) {
            if (count($array) < $limit) {
                $array["grown " . count($array)] = 'g';
            }
        }
        return $array;
    },
    'foreach by value, writing' => function (array $array): array {
        foreach ($array as $key => $value) {
            $array[$key] = 'w';
            $array["$key!"] = $value;
        }
        return $array;
    },
    'foreach into its own element' => function (array $array): array {
        foreach ($array as $array['current']) {
        }
        return $array;
    },
    'unset from the front' => function (array $array): array {
        foreach (array_keys($array) as $key) {
            unset($array[$key]);
            $sizes[] = count($array);
        }
        $array[] = 'then';
        return [$sizes ?? [], $array];
    },
    'unset from the back' => function (array $array): array {
        foreach (array_reverse(array_keys($array)) as $key) {
            unset($array[$key]);
        }
        $array[] = 'then';
        return $array;
    },
    'unset every second' => function (array $array): array {
        foreach (array_keys($array) as $number => $key) {
            if ($number % 2) {
                unset($array[$key]);
            }
        }
        $array[] = 'then';
        return $array;
    },
    'unset nested' => function (array $array): array { unset($array['x'][3]['y'], $array['x'][0], $array['no']['such']);
        return $array; },
    'destructured by reference' =>
        function (array $array): array { [0 => &$zero, 'x' => &$x] = $array; $zero = $x = 'd'; return $array; },
    'swapped' => function (array $array): array { @[$array[0], $array[1]] = [$array[1], $array[0]]; return $array; },
    'passed by reference' => function (array $array): array { $copy = $array; change($array); return [$array, $copy]; },
    'returned by reference' => function (array $array): array { $element = &element($array); $element['r'] = 1;
        return $array; },
    'into itself' => function (array $array): array { $array['self'] = $array; $array['self']['self'] = $array;
        return $array; },
    'of a property' => function (array $array): array {
        $holder = new Holder;
        $holder->kept = $holder->typed = Holder::$all = $array;
        $holder->kept['x'][3] = $holder->typed[] = Holder::$all['s'] = 'p';
        return [$holder, Holder::$all, $array];
    },
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
