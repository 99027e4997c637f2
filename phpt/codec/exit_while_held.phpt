--TEST--
A process may end in any way while it holds values; the others read on
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$sample = ['list' => range(1, 100), 'map' => ['deep' => ['text' => str_repeat('t', 3000), 'e' => []]]];
$object = new stdClass;
$object->list = $sample;
$object->self = $object;
$cache = fresh_cache(16);

// Each begins with $cache, $array, $object and something that looks at them when all else is over.
$prologue = '
    final class Witness {
        public function __construct(private array $array, private object $object) {}
        public function __destruct() {
            echo $this->array === $this->object->list ? "" : "changed for the destructor; ";
        }
    }
    $cache = new NitroCache(name: $name);
    $array = $cache->get("array");
    $object = $cache->get("object");
    $witness = new Witness($array, $object);
    register_shutdown_function(function () use ($array, $object) {
        echo $array === $object->list ? "shutdown" : "changed for the shutdown function";
    });
    function call(array $array, ...$more) { throw new LogicException("nobody catches this"); }
';
$ends = [
    'exit' => 'exit(3);',
    'exit in a comparison' => 'usort($array["list"], function ($a, $b) { exit; });',
    'exit in a walk' => 'array_walk_recursive($array, function (&$value) { $value = "w"; exit; });',
    'exit in a generator' =>
        '(function () use ($array) { foreach ($array as &$value) { yield $value; exit; } })()->next();',
    'exit with an output handler' => 'ob_start(function ($b) use ($array) { return $b . count($array); }); exit;',
    'exit in a destructor' =>
        'class E { public $a; function __destruct() { exit; } } $e = new E; $e->a = $array; unset($e);',
    'exit in an iterator' => 'foreach (new ArrayIterator($array) as $value) { foreach ($object as $inner) { exit; } }',
    'uncaught exception' => 'call($array, $object, ...$array["list"]);',
    'fatal error' => '$array["list"] = $object->list; undefined_function($array);',
    'type error' => '(function (int $i) {})($array);',
    'memory limit' => 'ini_set("memory_limit", "8M"); $array["grown"] = str_repeat("x", 20 << 20);',
    'memory limit while copying' =>
        'ini_set("memory_limit", "8M"); for ($i = 0; ; ++$i) { $copies[$i] = $array; $copies[$i]["list"][] = $i; }',
    'time limit' => 'set_time_limit(1); while (true) { $copy = $array; $copy["list"][] = 1; }',
    'user error' => 'trigger_error("enough", E_USER_ERROR);',
    'killed' => 'echo "shutdown"; posix_kill(getmypid(), 9);',
    'executed' => 'echo "shutdown"; pcntl_exec("/bin/true");',
];
if (getenv('USE_ZEND_ALLOC') === '0') {
    unset($ends['memory limit'], $ends['memory limit while copying']);  // nobody counts it
}
if (!function_exists('pcntl_exec')) {
    unset($ends['executed']);
}
if (!function_exists('posix_kill')) {
    unset($ends['killed']);
}

$cache->set('array', $sample);
$cache->set('object', $object);
foreach ($ends as $end => $code) {
    $printed = other_process($prologue . $code, '-d display_errors=0 -d log_errors=0 -d zend.exception_ignore_args=0');
    // Some shells say of whom they ran that he was killed.
    if (!preg_match('/shutdown\d?(Killed\s*)?$/', $printed) || str_contains($printed, 'changed')) {
        echo "$end: $printed\n";
    }
    if ($cache->get('array') !== $sample || $cache->get('object')->list !== $sample) {
        echo "$end: damaged the entry\n";
    }
}
$cache->set('array', 'writable');
var_dump($cache->get('array'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
string(8) "writable"
