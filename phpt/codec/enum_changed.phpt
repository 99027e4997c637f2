--TEST--
An enum that changed between two processes gives what unserialize() gives
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

enum Suit: string { case Hearts = 'H'; case Spades = 'S'; }

$value = ['before' => 1, 'suit' => Suit::Hearts, 'after' => [2]];
$cache = fresh_cache(4);
$cache->set('value', $value);
$cache->set('bytes', serialize($value));

$now = [
    'same' => 'enum Suit: string { case Hearts = "H"; case Spades = "S"; }',
    'other order' => 'enum Suit: string { case Spades = "S"; case Hearts = "H"; }',
    'other value' => 'enum Suit: string { case Hearts = "new"; }',
    'other backing' => 'enum Suit: int { case Hearts = 7; }',
    'pure' => 'enum Suit { case Hearts; }',
    'case gone' => 'enum Suit: string { case Spades = "S"; }',
    'case a constant' => 'enum Suit: string { case Spades = "S"; const Hearts = self::Spades; }',
    'a class' => 'class Suit { const Hearts = 1; }',
    'an interface' => 'interface Suit { const Hearts = 1; }',
    'unknown' => '',
    'made by the autoloader' => 'spl_autoload_register(function ($class) { eval("enum $class { case Hearts; }"); });',
    'not made by the autoloader' => 'spl_autoload_register(function ($class) { echo "asked for $class; "; });',
];
$code = <<<'CODE'
    $cache = new NitroCache(name: $name);
    /** What can be seen, up to the words of the warning. */
    function seen(callable $read): string
    {
        $warned = 0;
        set_error_handler(function () use (&$warned) { return (bool) ++$warned; });
        ob_start();
        try {
            var_dump($read());
        } catch (Throwable $thrown) {
            echo get_class($thrown);
        }
        return ($warned ? 'warned ' : '') . ob_get_clean();
    }
    $cached = seen(fn() => $cache->get('value', false));
    $serialized = seen(fn() => unserialize($cache->get('bytes')));
    echo $cached === $serialized ? '' : "$change:\n- $serialized\n+ $cached\n";
    CODE;
foreach ($now as $change => $declaration) {
    echo other_process("$declaration \$change = '$change'; $code");
}
echo count($now), " compared\n";
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
12 compared
