--TEST--
A string of the cache can name a variable, a property, a constant, a function, a class, a setting
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

class Named
{
    public string $declared = 'd';
    public static string $static = 's';
    public const CONSTANT = 'c';
    private array $made_up = [];
    public function __get(string $name): mixed { return $this->made_up[$name] ?? "no $name"; }
    public function __set(string $name, mixed $value): void { $this->made_up[$name] = $value; }
    public function __isset(string $name): bool { return isset($this->made_up[$name]); }
    public function __unset(string $name): void { unset($this->made_up[$name]); }
    public function __call(string $name, array $arguments): array { return [$name, $arguments]; }
    public static function __callStatic(string $name, array $arguments): array { return ["static $name", $arguments]; }
    public function method(mixed ...$arguments): array { return $arguments; }
}
function named(mixed ...$arguments): array { return ['named', $arguments]; }

// Each kind of name once as it is, once inside an array, and once too long for what is copied.
$suffix = str_repeat('_x', 1500);
$values = ['names' => [
    'new' => 'brand_new', 'long' => "brand_new$suffix", 'NUL' => "a\0b", 'number' => '12', 'empty' => '',
    'class' => 'Named', 'property' => 'declared', 'static' => 'static', 'constant' => 'CONSTANT', 'method' => 'method',
    'function' => 'named', 'setting' => 'user_agent', 'callable' => ['Named', 'anything'], 'callable text' =>
        'Named::anything',
]];
$names = ['new', 'long', 'NUL', 'number', 'empty'];

$steps = [];
foreach ($names as $name) {
    $steps["variable $name"] = function (array $n) use ($name): array {
        ${$n[$name]} = 1;
        ${$n[$name]}++;
        $here = compact($n[$name]);
        $seen = get_defined_vars();
        unset(${$n[$name]});
        return [$here, $seen, isset(${$n[$name]})];
    };
    $steps["global $name"] = function (array $n) use ($name): array {
        $GLOBALS[$n[$name]] = 'g';
        $seen = (function (array $n) use ($name) { global ${$n[$name]}; return ${$n[$name]}; })($n);
        unset($GLOBALS[$n[$name]]);
        return [$seen, isset($GLOBALS[$n[$name]])];
    };
    $steps["property $name"] = function (array $n) use ($name): array {
        $object = new stdClass;
        $object->{$n[$name]} = $n[$name];
        $object->{$n[$name]} .= '!';
        $clone = clone $object;
        unset($object->{$n[$name]});
        return [$object, $clone, (array) $clone, property_exists($clone, $n[$name]), (object) [$n[$name] => $n]];
    };
    $steps["magic property $name"] = function (array $n) use ($name): array {
        $object = new Named;
        $object->{$n[$name]} = $n;
        $seen = [isset($object->{$n[$name]}), $object->{$n[$name]}, clone $object];
        unset($object->{$n[$name]});
        return [$seen, $object, $object->{$n[$name]}, $object->{$n[$name]}($n), Named::{$n[$name]}($n)];
    };
    $steps["constant $name"] = function (array $n) use ($name): array {
        // A constant stays: one name per round.
        static $round = 0;
        $constant = $n[$name] . ++$round;
        return [define($constant, $n), constant($constant) === $n, defined($constant), @constant($n[$name])];
    };
}
$steps += [
    'constant by a name of the cache' => function (array $n): array {
        // The same in both rounds, which a second definition would disturb.
        defined($n['long']) || define($n['long'], $n['class']);
        return [constant($n['long']), defined($n['new'])];
    },
    'declared property' => function (array $n): array {
        $object = new Named;
        $object->{$n['property']} .= ' changed';
        return [$object, (new ReflectionProperty($n['class'], $n['property']))->getValue($object)];
    },
    'static property' => function (array $n): array { $n['class']::${$n['static']} = $n['class'];
        return [Named::$static]; },
    'class constant' => fn(array $n) =>
        [constant("$n[class]::$n[constant]"), (new ReflectionClass($n['class']))->getConstant($n['constant'])],
    'class' => fn(array $n) => [new $n['class'], new $n['class'] instanceof $n['class'],
        is_a($n['class'], 'Named', true), class_exists($n['class'])],
    'unknown class' => fn(array $n) => new $n['long'],
    'unknown function' => fn(array $n) => $n['long'](),
    'function' => fn(array $n) => [$n['function'](1, ...$n), call_user_func($n['function'], $n),
        is_callable($n['function']),
        (new ReflectionFunction($n['function']))->invoke(2), $n['function'](...)(3),
            Closure::fromCallable($n['function'])(4)],
    'method' => fn(array $n) => [(new Named)->{$n['method']}(1), [new Named, $n['method']](2),
        [$n['class'], 'other'](3)],
    'array as callable' => fn(array $n) =>
        [$n['callable'](1), call_user_func_array($n['callable'], $n['callable']), is_callable($n['callable']),
        array_map($n['callable'], [1, 2]), $n['callable text'](5), usort($n['callable'], 'strcmp')],
    'setting' => function (array $n): array {
        $before = ini_set($n['setting'], $n['long']);
        $seen = [$before, ini_get($n['setting']), ini_get_all('core', false) !== false];
        ini_restore($n['setting']);
        return [$seen, ini_get('user_agent')];
    },
    'environment' => fn(array $n) => [putenv("$n[new]=$n[long]"), getenv($n['new']), putenv($n['new'])],
    'format of dates' => fn(array $n) => [date($n['class'], 0), (new DateTime('@0'))->format($n['long'])],
    'stream and filter' => fn(array $n) =>
        [@fopen("$n[new]://x", 'r'), @stream_get_filters() !== [], stream_is_local($n['new'])],
    'autoloader asked' => function (array $n): array {
        $asked = [];
        spl_autoload_register($loader = function (string $class) use (&$asked) { $asked[] = $class; });
        class_exists($n['long']);
        is_callable([$n['new'], 'x']);
        spl_autoload_unregister($loader);
        return $asked;
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
