--TEST--
A value nested deeper than can be stored is refused; it does not end the process
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

// Deeper than serialize() survives on the usual stack of 8 MiB; PHP itself can build and free it.
$code = <<<'CODE'
    const LEVELS = 20_000;

    final class Link { public ?Link $next = null; public array $more = []; }

    function nested(string $kind): mixed
    {
        $value = $kind === 'arrays' ? [] : new Link;
        for ($level = 1; $level < LEVELS; ++$level) {
            if ($kind === 'arrays') {
                $value = [$value];
                continue;
            }
            $outer = new Link;
            if ($kind === 'objects') {
                $outer->next = $value;
            } else {
                $outer->more = [$value];
            }
            $value = $outer;
        }
        return $value;
    }

    /** Without recursion. */
    function depth(mixed $value): int
    {
        for ($depth = 0; $value !== [] && $value !== null; ++$depth) {
            $value = $value instanceof Link ? $value->next ?? $value->more : $value[0];
        }
        return $depth;
    }

    $cache = new NitroCache(16, $name);
    $cache->set('key', 'old');
    $value = nested($kind);
    try {
        $is_stored = $cache->set('key', $value);
    } catch (NitroCacheException $refused) {
        echo $cache->get('key') === 'old' ? 'stored or refused' : 'refused, and the old value is gone', "\n";
        exit;
    }
    $found = $cache->get('key');
    echo !$is_stored || depth($found) === depth($value) ? 'stored or refused' : 'stored, but not found', "\n";
    CODE;

foreach (['arrays', 'objects', 'objects in arrays'] as $kind) {
    echo "$kind: ", other_process("\$kind = '$kind'; $code", '-d memory_limit=512M');
}
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
arrays: stored or refused
objects: stored or refused
objects in arrays: stored or refused
