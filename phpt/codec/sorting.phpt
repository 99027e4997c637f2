--TEST--
An array of the cache is sorted, shuffled and reversed like any other
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/arrays.inc';

/** Any order will do, but for each pair the same one: arrays and NAN included. */
function by_text(mixed $a, mixed $b): int
{
    return strcmp(json_encode($a, JSON_PARTIAL_OUTPUT_ON_ERROR), json_encode($b, JSON_PARTIAL_OUTPUT_ON_ERROR));
}

$steps = [];
foreach (['sort', 'rsort', 'asort', 'arsort', 'ksort', 'krsort'] as $sort) {
    foreach ([SORT_REGULAR, SORT_NUMERIC, SORT_STRING, SORT_STRING | SORT_FLAG_CASE, SORT_NATURAL] as $flags) {
        $steps["$sort($flags)"] = function (array $array) use ($sort, $flags): array {
            $before = $array;
            return [$sort($array, $flags), $array, $before];
        };
    }
}
foreach (['usort', 'uasort', 'uksort'] as $sort) {
    $steps[$sort] = fn(array $array) => [$sort($array, 'by_text'), $array];
    $steps["$sort, looking at the array"] = fn(array $array) => [
        $sort($array, function ($a, $b) use ($array) {
            return by_text($a, $b) ?: count($array);
        }),
        $array,
    ];
    $steps["$sort, throwing"] = fn(array $array) => $sort($array, fn($a, $b) => throw new LogicException('enough'));
}
$steps += [
    'natsort' => fn(array $array) => [natsort($array), $array],
    'natcasesort' => fn(array $array) => [natcasesort($array), $array],
    'array_multisort' => fn(array $array) => [array_multisort($array), $array],
    'array_multisort of two' => function (array $array): array {
        $keys = array_keys($array);
        array_multisort($keys, SORT_DESC, SORT_STRING, $array);
        return [$keys, $array];
    },
    'array_multisort by column' => function (array $array): array {
        $names = array_column($array, 'name');
        array_multisort($names, SORT_ASC, SORT_FLAG_CASE | SORT_STRING, $array);
        return $array;
    },
    'shuffle' => function (array $array): array {
        $before = $array;
        shuffle($array);
        $texts = array_map(serialize(...), $array);
        sort($texts, SORT_STRING);
        return [array_keys($array), $texts, $before];
    },
    'array_reverse' => fn(array $array) => [array_reverse($array), array_reverse($array, true)],
    'sorted, then appended' => function (array $array): array {
        ksort($array);
        $array['new'] = 1;
        $array[] = 'appended';
        return $array;
    },
    'inner arrays' => function (array $array): array {
        foreach ($array as &$inner) {
            if (is_array($inner)) {
                ksort($inner);
                rsort($inner);
            }
        }
        return $array;
    },
    'sorted while iterated' => function (array $array): array {
        $seen = [];
        foreach ($array as $key => $value) {
            $seen[] = $key;
            krsort($array);
        }
        return [$seen, $array];
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
