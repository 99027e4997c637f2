--TEST--
What is appended to a fetched array gets the key after its largest, whatever was removed before it was stored
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

// PHP remembers keys that are gone; serialize() does not, and neither does the cache.
$shortened = [1, 2, 3, 4];
unset($shortened[2], $shortened[3]);
$emptied = ['x'];
unset($emptied[0]);
$values = [
    'shortened' => $shortened,
    'emptied' => $emptied,
    'inner' => ['list' => $shortened, 'none' => $emptied, 'popped' =>
        (function () { $a = [1, 2]; array_pop($a); return $a; })()],
    'map' => (function () { $a = ['k' => 1, 7 => 2]; unset($a[7]); return $a; })(),
];
foreach ([PHP_INT_MAX, -5] as $key) {
    $values["without $key"] = (function () use ($key) { $a = ['k' => 1, $key => 2]; unset($a[$key]); return $a; })();
}
$steps = [
    'append' => function (array $array): array { $array[] = 'appended'; return $array; },
    'append within' => function (array $array): array {
        foreach ($array as &$inner) {
            if (is_array($inner)) {
                $inner[] = 'appended';
            }
        }
        return $array;
    },
];
compare_steps(fresh_cache(16), $values, $steps);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
all compared, 0 differences
