<?php
// What `scripts/bench --check` asks for.

declare(strict_types=1);

require_once __DIR__ . '/latency.php';
require_once __DIR__ . '/memory.php';
require_once __DIR__ . '/operations.php';
require_once __DIR__ . '/processes.php';
require_once __DIR__ . '/support/limit.php';

// "APCu" is the packaged one with its own settings, except for the memory.
const ANY_APCU = [APCU, APCU_TUNED, APCU_NATIVE, APCU_IGBINARY];

/** @return list<Limit> */
function limits(Results $results): array
{
    return [
        ...limitsOfOperations(), ...limitsOfProcesses(),
        ...limitsOfLatency(), ...limitsOfMemory($results),
    ];
}

/** @return list<Limit> */
function limitsOfOperations(): array
{
    $limits = [];
    foreach ([INTEGER, BYTES_32] as $value) {
        $limits[] = Limit::atMost(3, [FLOOR], ONE_KEY, "get, $value");
        $limits[] = Limit::atMost(0.3, [APCU], ONE_KEY, "get, $value");
        $limits[] = Limit::atMost(0.01, [REDIS], ONE_KEY, "get, $value");
    }
    $limits[] = Limit::atMost(0.3, [APCU], manyKeys(100_000, UNIFORM), 'get, ' . BYTES_32);
    $limits[] = Limit::atMost(0.45, [APCU], ONE_KEY, 'set, ' . BYTES_32);
    $limits[] = Limit::atMost(0.6, [APCU], ONE_KEY, 'set, ' . KILOBYTE);

    $gets = [KILOBYTES_100 => 0.05, MEGABYTE => 0.001, SCALARS => 0.35, ROWS => 0.02, OPTIONS => 0.002,
        OBJECT => 0.4, OBJECTS => 0.3];
    foreach ($gets as $value => $bound) {
        $limits[] = Limit::atMost($bound, ANY_APCU, ONE_KEY, "get, $value");
    }
    // However large an array is.
    $limits[] = Limit::atMostOfRow(1.5, 'get, ' . SCALARS, ONE_KEY, 'get, ' . OPTIONS);
    foreach (array_keys(values()) as $value) {
        $limits[] = Limit::atMost(1, ANY_APCU, ONE_KEY, "set, $value");
    }

    return $limits;
}

/** @return list<Limit> */
function limitsOfProcesses(): array
{
    return [
        Limit::atLeastOfArray(0.97, TWO_PROCESSES, READS_OF_SAME_KEY),
        Limit::atLeastOfArray(0.97, TWO_PROCESSES, READS_OF_SAME_KEYS),
        Limit::atLeastOfArray(0.97, TWO_PROCESSES, READS_OF_OWN_KEYS),
        Limit::atLeastOfArray(0.9, TWO_PROCESSES, MIXED_95_5),
        Limit::atLeastOfArray(0.8, TWO_PROCESSES, MIXED_50_50),
    ];
}

/** @return list<Limit> */
function limitsOfLatency(): array
{
    return [Limit::atMostOfRow(20, latencyRow('set', 'p50'), latencyOfFull(BYTES_32), latencyRow('set', 'p99.9'))];
}

/** @return list<Limit> */
function limitsOfMemory(Results $results): array
{
    return [
        ...array_map(static fn (string $array) => Limit::atMost(1.3, [PHP_ARRAY], ARRAY_MEMORY, $array), $results->rows(ARRAY_MEMORY)),
        Limit::atLeast(0.85, USABLE_MEMORY, usableRow(400)),
        Limit::atLeast(0.93, USABLE_MEMORY, usableRow(4096)),
    ];
}

/** Prints each that can be judged; whether all of them hold. */
function checkLimits(Results $results): bool
{
    echo "\nLimits: NitroCache's median by that of the fastest one named\n";
    $verdicts = array_map(static fn (Limit $limit) => $limit->check($results), limits($results));
    $unknown = count(array_keys($verdicts, null, true));
    if ($unknown > 0) {
        echo "  $unknown more were not checked: what they compare was not measured.\n";
    }

    return !in_array(false, $verdicts, true);
}
