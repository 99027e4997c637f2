--TEST--
Values of the cache can be looked at and changed until the very end of the request
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

function sample(): array
{
    return ['list' => [1, 2, 3], 'map' => ['deep' => ['deeper' => []], 'text' => str_repeat('t', 3000)]];
}

final class Holder
{
    public static mixed $static;
    public mixed $value = null;
    public function __construct(private string $name) {}
    public function __destruct()
    {
        static $checked = 0;
        if ($this->value !== sample()) {
            echo "$this->name: changed\n";
        }
        $this->value['list'][] = 4;
        $this->value['map']['deep']['deeper'][] = 1;
        if (count($this->value['list']) !== 4 || count($this->value, COUNT_RECURSIVE) !== 10) {
            echo "$this->name: cannot be changed\n";
        }
        // In which order they die is up to PHP.
        if (++$checked === 5) {
            echo "destructors done\n";
        }
    }
}

function in_static(mixed $value = null): mixed
{
    static $kept = null;
    return $kept = $value ?? $kept;
}

$cache = fresh_cache();
$cache->set('sample', sample());
$cache->set('holder', (function () { $h = new stdClass; $h->value = sample(); return $h; })());

$names = ['global', 'static', 'in a cycle', 'in a closure', 'in a generator'];
foreach ($names as $name) {
    $holders[$name] = new Holder($name);
    $holders[$name]->value = $cache->get('sample');
}
$global = $holders['global'];
Holder::$static = $holders['static'];
Holder::$static->value = $cache->get('holder')->value;
$cycle = [$holders['in a cycle']];
$cycle[] = &$cycle;
$closure = Closure::bind(fn() => $this, $holders['in a closure']);
$generator = (function () use ($holders) { try { yield $holders['in a generator']; } finally { $holders = null; } })();
$generator->current();
in_static($cache->get('sample'));
$GLOBALS['named'] = $cache->get('sample');

register_shutdown_function(function (array $argument) use ($cache): void {
    $inner = $cache->get('sample');
    echo 'shutdown function: ', json_encode([$argument === sample(), $inner === sample(),
        in_static() === sample()]), "\n";
    $cache->delete('sample');
    $cache->clear();
    register_shutdown_function(function () use ($inner) {
        echo 'shutdown function of a shutdown function: ', json_encode($inner === sample()), "\n";
    });
}, $cache->get('sample'));

$buffered = $cache->get('sample');
ob_start(fn(string $buffer): string => $buffer . ($buffered === sample() ? '' : "output handler: changed\n"));
unset($holders, $name);
echo "end of script\n";
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
end of script
shutdown function: [true,true,true]
shutdown function of a shutdown function: true
destructors done
