--TEST--
Where serialize() blurs which variables are one, the cache may blur them as it does or keep them
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

// An array inside itself becomes null, unless a reference leads to the outermost one, too. And a
// reference to an object takes in the first place where that object is, reference or not.
$values = [
    'self' => (function () { $a = [1]; $a['self'] = &$a; return $a; })(),
    'self below' => (function () { $a = [1]; $a['b']['c'] = &$a; $a['d'] = ['pure']; return $a; })(),
    'two that hold each other' => (function () { $a = []; $b = []; $a['b'] = &$b; $b['a'] = &$a; return [$a, $b]; })(),
    'object by value and by reference' => (function () { $x = new stdClass; return [$x, &$x, [$x], [&$x]]; })(),
    'object by two references' => (function () { $x = new stdClass; $y = $x; return [&$x, &$y, &$x, &$y, $x]; })(),
    'to the object, from a property of another' =>
        (function () { $o = new stdClass; $p = new stdClass; $p->o = &$o; $p->again = &$o; return [$o, $p]; })(),
    'two references to one object' =>
        (function () { $x = new stdClass; $y = $x; return ['x' => &$x, 'y' => &$y, [&$x, &$y]]; })(),
    'object inside an array inside itself' =>
        (function () { $o = new stdClass; $a = [$o]; $a['a'] = &$a; $o->a = &$a; return $a; })(),
];
/** Without references and identity, so many levels deep: all that reading sees. */
function unrolled(mixed $value, int $levels = 8): mixed
{
    if (!is_array($value) && !is_object($value) || $levels === 0) {
        return is_scalar($value) ? $value : gettype($value);
    }
    $elements = [];
    foreach ($value as $key => $element) {
        $elements[$key] = unrolled($element, $levels - 1);
    }
    return [gettype($value), $elements];
}

$cache = fresh_cache(16);
foreach ($values as $name => $value) {
    try {
        $accepted = [describe(plain_copy($value)), describe($value)];
    } catch (Error) {
        $accepted = ['serialize() of PHP 8.4 runs in circles'];
    }
    if (!$cache->set('blurred', $value)) {
        echo "$name: not stored\n";
    }
    $found = describe($cache->get('blurred'));
    // An array inside itself may be the same one at each level, or a copy of it first.
    if (!in_array($found, $accepted, true) && unrolled($cache->get('blurred')) !== unrolled($value)) {
        show_difference($name, $accepted[0], $found);
    }
    // Whichever it is: it can be written, copied, walked, collected.
    $found = $cache->get('blurred');
    $copy = $found;
    foreach ($copy as $key => &$element) {
        $element = [$key, $found];
    }
    unset($element);
    array_pop($found);
    $found[] = $copy;
    unset($found, $copy);
    gc_collect_cycles();
    if (describe($cache->get('blurred')) !== describe($cache->get('blurred'))) {
        echo "$name: changed in the cache\n";
    }
}
echo count($values), " stored\n";
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
8 stored
