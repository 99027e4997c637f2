--TEST--
Functions that take arrays take those of the cache
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/arrays.inc';

/** Any text, for values of any type. */
function text(mixed $value): string { return gettype($value) . json_encode($value, JSON_PARTIAL_OUTPUT_ON_ERROR); }
$by_text = fn($a, $b) => strcmp(text($a), text($b));

$steps = [
    'in part' => fn($a) => [array_slice($a, 1, 3), array_slice($a, -2, 1, true), array_slice($a, 0),
        array_chunk($a, 2), array_chunk($a, 3, true), array_column($a, 'name', 'id'), array_column($a, 0)],
    'keys and values' => fn($a) => [array_keys($a), array_keys($a, 2), array_values($a), array_key_first($a),
        array_key_last($a), count($a), count($a, COUNT_RECURSIVE), array_is_list($a)],
    'array_values again' => function ($a) { $b = array_values($a); $b[] = 1; return [$a, $b]; },
    'merged' => fn($a) => [array_merge($a, ['m' => 1, 5]), array_merge($a), array_merge([], $a), array_merge($a, $a),
        array_merge_recursive($a, $a), [1, 2] + $a, $a + $a, $a + ['m' => 1], [...$a, ...$a], ['s' => 1, ...$a]],
    'merged, then changed' => function ($a) {
        $b = array_merge($a);
        $c = array_replace($a);
        $d = $a + [];
        $e = [...$a];
        $b[] = $c[] = $d[] = $e[] = 'appended';
        return [$a, $b, $c, $d, $e];
    },
    'added to itself' => function ($a) { $b = $a; $b += ['x' => 1, 'new' => 2]; $a += $b; return [$a, $b]; },
    'replaced' => fn($a) => [array_replace($a, [0 => 'r']),
        array_replace_recursive($a, ['x' => [3 => ['y' => ['r']]]], $a)],
    'combined' => fn($a) => [@array_combine(array_keys($a), $a), @array_fill_keys($a, 1), @array_flip($a),
        array_pad($a, 12, []), array_pad($a, -12, $a)],
    'array_combine of itself' => fn($a) => array_combine($a, $a),
    'key case' => fn($a) => [array_change_key_case($a, CASE_UPPER), array_change_key_case($a)],
    'counted' => fn($a) => array_count_values($a),
    'unique' => fn($a) => [array_unique($a), array_unique($a, SORT_REGULAR), array_unique($a, SORT_NUMERIC)],
    'summed' => fn($a) => [array_sum($a), array_product($a)],
    'largest' => fn($a) => [max($a), min($a), max($a, [1]), min([[]], $a)],
    'filtered' => fn($a) => [array_filter($a), array_filter($a, 'is_string', ARRAY_FILTER_USE_KEY),
        array_filter($a, fn($v, $k) => is_array($v) || $k === 0, ARRAY_FILTER_USE_BOTH)],
    'mapped' => fn($a) => [array_map(null, $a), array_map(null, $a, $a), array_map('gettype', $a),
        array_map(fn($v) => $v, $a),
        array_map(fn($v, $w) => [$v, $w], $a, [1, 2])],
    'mapped, changing the argument' => fn($a) =>
        array_map(function ($v) { $v = (array) $v; $v[] = 'm'; return $v; }, $a),
    'reduced' => fn($a) => array_reduce($a, fn($sum, $v) => $sum . text($v), ''),
    'searched' => fn($a) => [in_array('9', $a), in_array(9, $a, true), in_array([], $a), array_search('a', $a),
        array_search([1, 2], $a, true), in_array($a, [$a], true), array_key_exists('x', $a), array_key_exists(null, $a),
        isset($a['x'][3]['y'][1]), isset($a['text'][1]), isset($a['n']), empty($a['x'][3]['e']),
            $a['x'][3]['no'] ?? 'none'],
    'found by each own key' => fn($a) =>
        array_map(fn($key) => [$a[$key], isset($a[$key]), array_key_exists($key, $a)], array_keys($a)),
    'missing key' => fn($a) => [$a['missing'], $a[123]],
    'array_diff' => fn($a) => [array_diff($a, ['a', '10']), array_diff(['a', 'z'], $a), array_diff($a, $a)],
    'array_diff by key' => fn($a) =>
        [array_diff_key($a, [0 => 1, 'x' => 1]), array_diff_key($a, $a), array_diff_assoc($a, ['a']),
        array_diff_ukey($a, [0 => 1], fn($k, $l) => $k <=> $l)],
    'array_udiff' => fn($a) => [array_udiff($a, [1, 'a'], $by_text), array_udiff_assoc($a, [1, 'a'], $by_text),
        array_udiff_uassoc($a, [1], $by_text, fn($k, $l) => $k <=> $l)],
    'array_intersect' => fn($a) => [array_intersect($a, ['a', '10']), array_intersect($a, $a)],
    'array_intersect by key' => fn($a) => [array_intersect_key($a, [0 => 1, 'x' => 1]), array_intersect_key($a, $a),
        array_intersect_assoc($a, ['a']), array_intersect_ukey($a, $a, fn($k, $l) => $k <=> $l)],
    'array_uintersect' => fn($a) => [array_uintersect($a, $a, $by_text), array_uintersect_assoc($a, $a, $by_text)],
    'compared' => fn($a) => [$a == plain_copy($a), $a === plain_copy($a), $a <=> [1], $a == [], $a === [], $a != ['x'],
        !$a, $a and true],
    'compared within' => fn($a) => array_map(fn($v) => [$v == $a, $v === reset($a), $v <=> end($a)], $a),
    'array_rand' => fn($a) => [array_rand($a, count($a)), array_key_exists(array_rand($a), $a)],
    'walked through' => function ($a) {
        foreach ($a as $key => $value) {
            $seen[] = [$key, $value];
        }
        return $seen ?? [];
    },
    'as arguments' => fn($a) => (fn(...$all) => $all)(...array_values($a)),
    'as named arguments' => fn($a) => (fn(...$all) => $all)(...$a),
    'call_user_func_array' => fn($a) => call_user_func_array(fn(...$all) => func_get_args() + $all, $a),
    'as an iterator' => fn($a) => [iterator_count(new ArrayIterator($a)), iterator_to_array(new ArrayIterator($a))],
    'str_replace with it' => fn($a) =>
        [str_replace(array_keys($a), 'k', 'x b a 1 0'), str_replace(['a', 'b'], '-', $a)],
    'array as subject' => fn($a) => [preg_replace('/a/', 'b', $a), preg_grep('/a/', $a), preg_filter('/1/', '2', $a)],
    'filter_var_array' => fn($a) => [filter_var($a, FILTER_VALIDATE_INT, FILTER_REQUIRE_ARRAY | FILTER_NULL_ON_FAILURE),
        filter_var_array($a, FILTER_DEFAULT)],
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
