--TEST--
Elements that are one variable stay one variable; a reference that nobody shares becomes a plain value
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

$values = [
    'pair' => (function () { $x = 1; return [&$x, &$x]; })(),
    'pair of arrays' => (function () { $x = [1, [2]]; return [&$x, &$x]; })(),
    'pair of empty arrays' => (function () { $x = []; return [&$x, &$x]; })(),
    'pair of long strings' => (function () { $x = str_repeat('x', 5000); return [&$x, 'k' => &$x]; })(),
    'pair of nulls' => (function () { return [&$x, &$x]; })(),
    'single' => (function () { $x = 1; return [&$x]; })(),
    'single array' => (function () { $x = [1, 2]; return ['a' => &$x, 'b' => [1, 2]]; })(),
    'single, shared with a variable' => [&$outside],
    'reference and copy' => (function () { $x = [1]; return [&$x, $x, &$x]; })(),
    'two pairs' => (function () { $x = 1; $y = 1; return [&$x, &$y, &$x, &$y]; })(),
    'one inside the other' => (function () { $x = 1; $y = [&$x, 2]; return [&$y, &$y, &$x]; })(),
    'across levels' => (function () { $x = ['x'];
        return ['deep' => ['deeper' => [&$x]], 'flat' => &$x, 'list' => [[&$x]]]; })(),
    'inner array twice' => (function () { $x = 1; $inner = [&$x, &$x]; return [$inner, $inner]; })(),
    'pure beside impure' => (function () { $x = 1;
        return ['pure' => [1, ['two']], 'impure' => [&$x, [&$x]], 'text' => str_repeat('t', 3000)]; })(),
    'self by reference' => (function () { $a = [1]; $a[1] = &$a; return [&$a, 'again' => &$a]; })(),
    'element of itself' => (function () { $a = [0, [1, 2]]; $a[0] = &$a[1][0]; return $a; })(),
    'after foreach by reference' => (function () { $a = [1, 2, 3]; foreach ($a as &$v); return $a; })(),
    'after foreach by reference, copied' =>
        (function () { $a = [1, 2, 3]; foreach ($a as &$v); $b = $a; return [$a, $b]; })(),
    'in gaps' => (function () { $x = 1; $a = [0, &$x, 2, &$x, 4]; unset($a[0], $a[2]); return $a; })(),
    'objects' => (function () { $x = new stdClass; $x->p = 1; return [&$x, &$x]; })(),
    'object by reference and by value' => (function () { $x = new stdClass; return [&$x, $x]; })(),
    'object in one reference' => (function () { $x = new stdClass; $y = &$x; return [$x, [$y]]; })(),
    'an object\'s own reference' => (function () { $x = new stdClass; $x->self = &$x; return [$x]; })(),
];
$outside = ['outside'];
compare_round_trips(fresh_cache(16), $values);

// What is written through one of a pair.
$cache = new NitroCache(name: cache_name());
foreach (['pair', 'pair of arrays', 'pair of empty arrays', 'across levels', 'self by reference', 'single',
    'single array', 'inner array twice',
    'objects', 'object by reference and by value', 'element of itself', 'in gaps'] as $name) {
    $writes = [
        function ($value) { $value[array_key_first($value)] = 'written'; return $value; },
        function ($value) { foreach ($value as &$element) { $element = [$element]; break; } return $value; },
        function ($value) { $copy = $value; $copy[array_key_last($copy)] = 'written to a copy';
            return [$value, $copy]; },
        function ($value) { $copy = $value; $value['new'] = 1; array_pop($copy); return [$value, $copy]; },
        function ($value) { sort($value); return $value; },
    ];
    foreach ($writes as $number => $write) {
        $expected = outcome($write, plain_copy($values[$name]));
        $cache->set('written', $values[$name]);
        $actual = outcome($write, $cache->get('written'));
        if ($actual !== $expected) {
            show_difference("$name, write $number", $expected, $actual);
        }
        if (describe($cache->get('written')) !== describe(plain_copy($values[$name]))) {
            echo "$name, write $number: changed in the cache\n";
        }
    }
}
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
23 compared, 0 differences
