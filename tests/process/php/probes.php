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

/** Sets, gets, deletes and counts: true if the cache does all of it. */
function works(NitroCache $cache, string $prefix): bool
{
    for ($i = 0; $i < 200; $i++) {
        $value = "$prefix $i" . str_repeat('.', $i * 40);
        if (!$cache->set("$prefix $i", $value) || $cache->get("$prefix $i") !== $value
            || !$cache->delete("$prefix $i") || $cache->has("$prefix $i")
            || $cache->increment("$prefix counter") !== $i + 1) {
            return false;
        }
    }
    return $cache->delete("$prefix counter");
}
