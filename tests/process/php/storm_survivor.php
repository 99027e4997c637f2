<?php
// Reads and writes, checks all that it gets, and measures each operation, until stdin is closed.
// Then it says what it saw.
require __DIR__ . '/sealed.php';

$cache = new NitroCache();
$longest = ['operation' => '', 'milliseconds' => 0.0];
$operations = $hits = $failed = 0;
$wrong = [];
// What only this process writes: a get gives the last of it, or nothing.
$mine = [];
// Long strings, arrays and objects that it goes on holding: they must never change.
$held = [];

function timed(string $operation, Closure $call): mixed
{
    global $longest, $operations;
    $start = hrtime(true);
    $result = $call();
    $milliseconds = (hrtime(true) - $start) / 1e6;
    $operations++;
    if ($milliseconds > $longest['milliseconds']) {
        $longest = ['operation' => $operation, 'milliseconds' => $milliseconds];
    }
    return $result;
}

function expect(bool $holds, string $what): void
{
    global $wrong;
    if (!$holds && count($wrong) < 10) {
        $wrong[] = $what;
    }
}

stream_set_blocking(STDIN, false);
echo "running\n";
while (!feof(STDIN)) {
    fread(STDIN, 1);
    for ($i = 0; $i < 200; $i++) {
        $kind = ['small', 'small', 'small', 'large'][mt_rand(0, 3)];
        $key = "$kind " . mt_rand(0, $kind === 'small' ? 1999 : 19);
        $value = timed("get $kind", fn () => $cache->get($key));
        $hits += (int) ($value !== null);
        expect($value === null || is_sealed($key, $value), "$key is not whole");
        if ($kind === 'large' && $value !== null && count($held) < 20) {
            $held[$key] = $value;
        }

        $key = 'mine ' . mt_rand(0, 99);
        $value = timed('get mine', fn () => $cache->get($key));
        expect($value === null || $value == ($mine[$key] ?? null), "$key is not what was stored");
        $written = sealed($key, mt_rand(0, 100) === 0 ? 20000 : 100);
        if (timed('set mine', fn () => $cache->set($key, $written))) {
            $mine[$key] = $written;
        } else {
            // The old value may have gone or not.
            $failed++;
        }
        if ($i % 10 === 0) {
            timed('delete mine', fn () => $cache->delete($key));
            expect(timed('has mine', fn () => $cache->has($key)) === false, "$key was deleted");
            unset($mine[$key]);
        }

        $key = 'counter ' . mt_rand(0, 49);
        $value = timed('get counter', fn () => $cache->get($key, 0));
        expect(is_int($value) || is_float($value), "$key is not a number");
        timed('increment', fn () => $cache->increment($key));
    }
}
foreach ($held as $key => $value) {
    expect(is_sealed($key, $value), "$key has changed while it was held");
}
echo json_encode(compact('operations', 'hits', 'failed', 'longest', 'wrong')), "\n";
