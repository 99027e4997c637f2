--TEST--
Missing classes are asked of the autoloader and of unserialize_callback_func, as unserialize() does
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

class Base { public $base = [1, [2]]; }
class Leaf extends Base { public ?Base $next = null; private $secret = 's'; }
final class Other { public $other = 'o'; }
enum Suit { case Hearts; }

$leaf = new Leaf;
$leaf->next = new Leaf;
$values = ['objects' => [1, 'leaf' => $leaf, 'others' => [new Other, new Other], 'pure' => [1, [2]], new Base]];
$values['with an enum'] = [$values['objects'], Suit::Hearts];
$cache = fresh_cache(4);
foreach ($values as $name => $value) {
    $cache->set($name, $value);
    $cache->set("bytes of $name", serialize($value));
}

$classes = <<<'CODE'
    const CLASSES = [
        'Base' => 'class Base { public $base = [1, [2]]; }',
        'Leaf' => 'class Leaf extends Base { public ?Base $next = null; private $secret = "s"; }',
        'Other' => 'final class Other { public $other = "o"; }',
        'Suit' => 'enum Suit { case Hearts; }',
    ];
    function load(string $class): void { echo "load $class\n"; eval(CLASSES[$class]); }
    CODE;
$loaders = [
    'none' => '',
    'loads' => 'spl_autoload_register("load");',
    'loads some' =>
        'spl_autoload_register(function ($class) { $class === "Other" ? print("not $class\n") : load($class); });',
    'loads nothing' => 'spl_autoload_register(function ($class) { echo "asked for $class\n"; });',
    'second loads' =>
        'spl_autoload_register(function ($class) { echo "first $class\n"; }); spl_autoload_register("load");',
    'throws' => 'spl_autoload_register(function ($class) { throw new LogicException("no $class"); });',
    'throws later' =>
        'spl_autoload_register(function ($class) { $class === "Other" ? throw new LogicException("no $class") : load($class); });',
    'loads something else' =>
        'spl_autoload_register(function ($class) { echo "load $class\n"; class_exists("Something", false) || eval("class Something {}"); });',
    'callback loads' => 'ini_set("unserialize_callback_func", "load");',
    'callback does nothing' =>
        'function nothing($class) { echo "nothing for $class\n"; } ini_set("unserialize_callback_func", "nothing");',
    'callback does not exist' => 'ini_set("unserialize_callback_func", "no_such_function");',
    'callback throws' =>
        'function thrower($class) { throw new LogicException("no $class"); } ini_set("unserialize_callback_func", "thrower");',
    'both' =>
        'spl_autoload_register(function ($class) { echo "asked for $class\n"; }); ini_set("unserialize_callback_func", "load");',
    'loads with garbage' =>
        'spl_autoload_register(function ($class) { load($class); gc_collect_cycles(); $GLOBALS["x"][] = new $class; });',
    'loads and reads itself' =>
        'spl_autoload_register(function ($class) { load($class); echo count(unserialize(serialize([1, new stdClass]))), "\n"; });',
];

// One process per loader and way, since what is loaded stays.
$seen = <<<'CODE'
    set_error_handler(function ($level, $message) { echo "[", preg_replace('/^[\w:]+\(\): /', '', $message), "]\n"; return true; });
    try {
        $found = $read(new NitroCache(name: $name));
        if (is_array($found)) {
            var_dump($found);
            echo serialize($found), "\n";
        } else {
            echo "nothing\n";
        }
    } catch (Throwable $thrown) {
        echo get_class($thrown), ': ', $thrown->getMessage(), "\n";
    }
    CODE;
$differences = 0;
foreach ($loaders as $kind => $loader) {
    foreach (array_keys($values) as $value) {
        $trip = function (string $read) use ($classes, $loader, $seen): array {
            $lines = explode("\n", other_process("$classes $loader \$read = fn(\$cache) => $read; $seen"));
            // A class that is not found may be asked for once per object or once per value.
            return array_values(array_unique(preg_replace('/#\d+/', '#',
                preg_grep('/Error at offset/', $lines, PREG_GREP_INVERT))));
        };
        $expected = $trip("unserialize(\$cache->get('bytes of $value'))");
        $actual = $trip("\$cache->get('$value')");
        if ($actual !== $expected) {
            ++$differences;
            echo "$kind, $value:\n- ", implode("\n- ", array_slice($expected, 0, 20)), "\n+ ",
                implode("\n+ ", array_slice($actual, 0, 20)), "\n";
        }
    }
}
echo count($loaders), " compared, $differences differences\n";
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
15 compared, 0 differences
