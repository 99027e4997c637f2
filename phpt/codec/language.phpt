--TEST--
The language does the same with a value of the cache: closures, statics, spread, match, exceptions
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/arrays.inc';

class Keeper
{
    public static mixed $static = null;
    public function __construct(public mixed $promoted, public readonly mixed $once = null) {}
    public function __get(string $name): mixed { return $this->promoted[$name] ?? null; }
    public function &element(mixed $key): mixed { return $this->promoted[$key]; }
    public function __invoke(array $array, mixed ...$more): array { $array[] = $more;
        return [$array, $this->promoted]; }
    public function readonly_append(): void { $this->once['new'] = 1; }
}
function remember(mixed $value): mixed { static $last = ['first']; [$before, $last] = [$last, $value]; return $before; }
function with_default(array $array = [], array ...$more): array { $array['d'] = 1; return [$array, $more]; }
function &by_reference(array &$array): array { return $array; }
class CarriesValue extends Exception { public function __construct(public array $value) { parent::__construct('carries'); } }

$steps = [
    'closure by value' => function ($a) { $f = function () use ($a) { $a['c'] = 1; return $a; };
        return [$f(), $f(), $a]; },
    'closure by reference' => function ($a) { $f = function () use (&$a) { $a['c'] = 1; return $a; }; $b = $a;
        return [$f(), $a, $b]; },
    'arrow function' => function ($a) { $f = fn() => $a['x'] = [...$a]; return [$f(), $a]; },
    'bound closure' => fn($a) => Closure::bind(function () { $this->promoted['b'] = 1; return $this->promoted; },
        new Keeper($a), Keeper::class)(),
    'static variable' => function ($a) { remember('other'); remember($a); $b = remember($a); $b['s'] = 1;
        return [remember(null), $b, $a]; },
    'static property' => function ($a) { Keeper::$static = $a; Keeper::$static['x'][3]['s'] = 1; Keeper::$static[] = 2;
        return [Keeper::$static, $a]; },
    'property' => function ($a) { $k = new Keeper($a, $a); $k->promoted['p'] = 1; $l = clone $k; $l->promoted[] = 2;
        return [$k, $l, $a]; },
    'magic property' => function ($a) { $k = new Keeper($a); return [$k->x, $k->missing, isset($k->x)]; },
    'readonly property' => fn($a) => (new Keeper($a, $a))->readonly_append(),
    'element by reference' => function ($a) { $k = new Keeper($a); $e = &$k->element('x'); $e = 'e'; return [$k, $a]; },
    'invoked' => fn($a) => (new Keeper($a))($a, ...array_values($a)),
    'default parameter' => fn($a) => [with_default($a), with_default($a, $a), with_default()],
    'returned by reference' => function ($a) { $r = &by_reference($a); $r['r'] = 1; $b = by_reference($a); $b['b'] = 2;
        return [$a, $b]; },
    'spread' => fn($a) => [[...$a, ...array_values($a)], max(0, ...array_filter(array_values($a), 'is_int'))],
    'list' => function ($a) { @[$x, , $y] = $a; @['x' => $z, 'list' => [[, $w]]] = $a; return [$x, $y, $z, $w]; },
    'list into itself' => function ($a) { @[$a, $b] = $a; return [$a, $b]; },
    'foreach with list' => function ($a) { $seen = []; foreach ($a as ['id' => $id]) { $seen[] = $id; } return $seen; },
    'match and switch' => function ($a) {
        switch ($a) { case []: $seen = 'empty'; break; case plain_copy($a): $seen = 'same'; break;
            default: $seen = 'other'; }
        return [$seen, match ($a) { [] => 'empty', plain_copy($a) => 'same', default => 'other' }];
    },
    'conditions' => fn($a) => [$a ? 1 : 2, $a ?: 'none', $a ?? 'null', !$a, $a && 1, $a['x']['y'] ?? 'deep',
        $a?->x ?? 'no object'],
    'operators' => fn($a) => $a + 1,
    'as key' => fn($a) => [$a => 1],
    'as object' => fn($a) => $a->method(),
    'interpolated' => fn($a) => "$a[x] {$a['x'][3]['y'][0]} $a[0]",
    'generator' => function ($a) { $g = (function () use ($a) { $sent = yield $a; $a['g'] = $sent; yield $a; })();
        return [$g->current(), $g->send($a)]; },
    'generator left in the middle' =>
        function ($a) { $g = (function () use ($a) { try { yield from $a; } finally { $a[] = 'f'; } })(); $g->current();
        return $a; },
    'fiber' => function ($a) { $f = new Fiber(function (array $b) { $b['f'] = Fiber::suspend($b); return $b; });
        $got = $f->start($a); $f->resume($a); return [$got, $f->getReturn()]; },
    'thrown with it' => function ($a) { try { throw new CarriesValue($a);
        } catch (CarriesValue $e) { $e->value['e'] = 1; return [$e->value, $a]; } },
    'message from it' => fn($a) => throw new Exception(json_encode($a, JSON_PARTIAL_OUTPUT_ON_ERROR)),
    'in a trace' => function ($a) {
        ini_set('zend.exception_ignore_args', 0);
        $f = function (array $b, ...$more) { $b['t'] = 1; return new Exception('e'); };
        $trace = $f($a, ...array_values($a))->getTrace()[0]['args'];
        $trace[0][] = 'changed';
        return [$trace, $a];
    },
    'backtrace' => fn($a) => (fn($b) => debug_backtrace(0, 1)[0]['args'])($a),
    'func_get_args' => fn($a) => (function ($b) { $b['x'] = 'x'; return [func_get_args(), $b]; })($a),
    'called with references' => function ($a) { $f = function (&$b, &...$c) { $b = 'b'; $c[0]['c'] = 1; };
        $f($a['x'], $a['list'], $a[0]); return $a; },
    'finally' => function ($a) { $f = function () use (&$a) { try { return $a; } finally { $a[] = 'f'; } };
        return [$f(), $a]; },
    'globals' => function ($a) { global $g; $g = $a; $GLOBALS['g']['new'] = 1; $copy = $GLOBALS;
        return [$copy['g'], $a]; },
    'eval' => fn($a) => eval('$a[] = "e"; return $a;'),
    'constants' => function ($a) { static $n = 0; $name = 'LANGUAGE_' . ++$n; define($name, $a); $c = constant($name);
        $c['c'] = 1; return [$c, constant($name)]; },
    'enum from it' => fn($a) => array_map(fn($v) => is_string($v) ? Letter::tryFrom($v) : null, $a),
    'named arguments' => fn($a) => new Keeper(...['promoted' => $a, 'once' => $a]),
];
enum Letter: string { case A = 'a'; case B = 'Bob'; }

compare_steps(fresh_cache(16), awkward_arrays(), $steps);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
all compared, 0 differences
