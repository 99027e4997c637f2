--TEST--
Writing to a fetched string, or to one in a fetched array, leaves the cached one alone
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/strings.inc';

class Holder { public string $typed = ''; public ?int $number = null; public static string $all = ''; }
function change(string &$string): void { $string .= ' changed'; }

$writes = [
    'appended' => function (&$s) { $s .= 'x'; $s .= 'y'; $s .= $s; },
    'appended to nothing' => function (&$s) { $t = ''; $t .= $s; $t .= '!'; $s = [$s, $t]; },
    'prepended' => function (&$s) { $s = 'x' . $s; },
    'nothing appended' => function (&$s) { $t = $s . ''; $t .= ''; $t[0] = '#'; $s = [$s, $t]; },
    'incremented' => function (&$s) { @$s++; },
    'incremented before' => function (&$s) { @++$s; @++$s; },
    'decremented' => function (&$s) { @$s--; },
    'first byte' => function (&$s) { $s[0] = '#'; },
    'last byte' => function (&$s) { $s[-1] = '#'; },
    'beyond the end' => function (&$s) { $s[strlen($s) + 3] = '#'; },
    'each byte' => function (&$s) { for ($i = 0; $i < min(strlen($s), 3000); ++$i) { $s[$i] = 'b'; } },
    'two bytes at once' => function (&$s) { @$s[1] = 'xy'; },
    'no byte' => function (&$s) { $s[0] = ''; },
    'unset byte' => function (&$s) { unset($s[0]); },
    'as an array' => function (&$s) { $s[] = 'x'; },
    'as a deeper array' => function (&$s) { $s['x']['y'] = 1; },
    'through a reference' => function (&$s) { $r = &$s; $r .= 'r'; $r[0] = 'R'; },
    'through a function' => function (&$s) { change($s); },
    'with ??= and .=' => function (&$s) { $s ??= 'x'; $t[$s] ??= $s; $t[$s] .= 'y'; $s = $t; },
    'settype' => function (&$s) { settype($s, 'int'); settype($s, 'string'); $s .= '!'; },
    'multiplied' => function (&$s) { $s *= 2; },
    'with or' => function (&$s) { $s |= 'abc'; $s ^= '   '; },
    'a copy' => function (&$s) { $t = $u = $s; $t .= 'x'; if ($u !== '') { $u[0] = '#'; } $s = [$s, $t, $u]; },
    'in a property' => function (&$s) {
        $holder = new Holder;
        $holder->typed = Holder::$all = $s;
        $holder->typed .= 'p';
        Holder::$all[0] = '#';
        $s = [$s, $holder, Holder::$all];
    },
    'into a typed property' => function (&$s) { $holder = new Holder; $holder->number = $s; $s = $holder; },
    'by functions that take it by reference' => function (&$s) {
        $t = $s;
        preg_match('/k/', 'key', $s);
        similar_text('key', 'kez', $t);
        $s = [$s, $t];
    },
    'wiped' => function (&$s) { if (function_exists('sodium_memzero')) { $t = $s; sodium_memzero($t);
        sodium_memzero($s); } },
    'incremented by sodium' => function (&$s) { if (function_exists('sodium_increment')) { $t = $s;
        sodium_increment($t); $s = [$s, $t]; } },
    'unset' => function (&$s) { unset($s); },
];

$steps = [];
foreach ($writes as $title => $write) {
    $steps[$title] = function (string $string) use ($write): mixed {
        $copy = $string;
        $write($string);
        return [$string, $copy];
    };
    $steps["$title, in an array"] = function (string $string) use ($write, $title): mixed {
        global $cache, $changed;
        // What is compared comes out of an array, then: as a value and as a key.
        $cache->set('array', [[$string, $string => $string]]);
        $array = $cache->get('array');
        $copy = $array;
        $write($array[0][0]);
        $changed += (int) ($cache->get('array') !== [[$string, $string => $string]]);
        return [$array, $copy];
    };
}

$cache = fresh_cache(16);
$changed = 0;
compare_steps($cache, awkward_strings(), $steps);
echo "$changed changed in the cache\n";
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
all compared, 0 differences
0 changed in the cache
