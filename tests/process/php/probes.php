<?php
// What a test asks of a cache from outside: nitroctl, and whether everything works.

/** @return array{int, string}: the exit code, and what was printed. */
function nitroctl(string $command): array
{
    exec('timeout 30 ' . escapeshellarg(getenv('NITROCTL')) . " $command --cache "
        . escapeshellarg(ini_get('nitro.name')) . ' 2>&1', $output, $code);
    return [$code, implode("\n", $output)];
}

/** Rows of living processes, the janitor's aside, as a process sees it that is none of them. */
function living_rows(): int
{
    $stats = json_decode(nitroctl('stats --json')[1], true);
    return $stats['rows_used'] - ($stats['janitor_pid'] > 0 ? 1 : 0);
}

/** Ends the test if verify finds something. */
function verify_quietly(): void
{
    [$code, $output] = nitroctl('verify');
    if ($code !== 0) {
        check('verify finds nothing', false, output: $output);
    }
}

/** Sets, gets, deletes and counts: true if the cache does all of it; else says what it did not do. */
function works(NitroCache $cache, string $prefix): bool
{
    for ($i = 0; $i < 200; $i++) {
        $key = "$prefix $i";
        $value = $key . str_repeat('.', $i * 40);
        $counter = "$prefix counter";
        $steps = [
            'set' => $cache->set($key, $value),
            'get' => ($found = $cache->get($key)) === $value,
            'delete' => $cache->delete($key),
            'has after delete' => !$cache->has($key),
            'increment' => ($counted = $cache->increment($counter)) === $i + 1,
        ];
        if (in_array(false, $steps, true)) {
            echo "  $key: what went well: ", json_encode($steps), ', found: ',
                shortened(var_export($found, true)), ", counted: $counted\n  ",
                json_encode($cache->getStats()), "\n";
            return false;
        }
    }
    return $cache->delete($counter);
}
