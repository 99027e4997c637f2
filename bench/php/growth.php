<?php
// What an operation costs as entries, memory and processes become more: it should be the same, but for
// what the processor's caches cannot hold any longer.

declare(strict_types=1);

require_once __DIR__ . '/operations.php';
require_once __DIR__ . '/support/environment.php';

const GROWTH_OF_ENTRIES = 'Growth: entries';
const GROWTH_OF_MEMORY = 'Growth: memory';
const GROWTH_OF_PROCESSES = 'Growth: processes';

const ENTRIES = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const BYTES_PER_TINY_ENTRY = 320;
const MEMORY_SIZES_MB = [16, 64, 256, 1_024, 4_096, 8_192];
const BYTES_PER_KILOBYTE_ENTRY = 1_700;
const MOST_DRAWS = 1_000_000;
const PROCESS_COUNTS = [1, 2, 4, 8, 16];

function measureGrowth(Bench $bench): void
{
    growOf($bench, GROWTH_OF_ENTRIES, ['get', 'miss', 'set'], INTEGER, array_map(static fn (int $entries) => [
        $entries,
        max(16, intdiv($entries * BYTES_PER_TINY_ENTRY, 1 << 20)),
        number_format($entries, 0, '', ' ') . ' entries',
        $entries,
    ], firstSteps($bench, ENTRIES)));
    growOf($bench, GROWTH_OF_MEMORY, ['get', 'set'], KILOBYTE, array_map(static fn (int $megabytes) => [
        intdiv($megabytes << 20, BYTES_PER_KILOBYTE_ENTRY),
        $megabytes,
        number_format($megabytes, 0, '', ' ') . ' MB',
        $megabytes,
    ], firstSteps($bench, MEMORY_SIZES_MB)));
    growProcesses($bench);
}

/**
 * @param list<int> $steps
 *
 * @return list<int>
 */
function firstSteps(Bench $bench, array $steps): array
{
    return array_slice($steps, 0, $bench->effort->growthSteps);
}

/**
 * @param list<string> $operations
 * @param list<array{int, int, string, int}> $steps entries, megabytes of each store, their name, and x
 */
function growOf(Bench $bench, string $title, array $operations, string $value, array $steps): void
{
    $table = new Table($bench->results, $title, [PHP_ARRAY, NITRO, APCU_TUNED]);
    $table->printHead('ns');
    foreach ($steps as [$entries, $megabytes, $step, $x]) {
        $stores = storesThatFit($entries, $megabytes, $step);
        if ($stores === []) {
            continue;
        }
        $processes = array_map(static fn (Store $store) => StoreProcess::start($store), [emptyStore(), ...$stores]);
        foreach ($processes as $process) {
            $process->ask('prepare', $value, $entries, UNIFORM, min($bench->effort->mostDraws, max(10_000, min($entries, MOST_DRAWS))));
        }
        foreach ($operations as $operation) {
            foreach (timesOf($bench, $processes, $operation, $bench->effort->growthRounds) as $store => $times) {
                $bench->results->add(new Figure($title, "$operation, $step", $store, 'ns', $times, $x));
            }
            $table->printRow("$operation, $step");
        }
        array_map(static fn (StoreProcess $process) => $process->stop(), $processes);
        removeCaches();
    }
}

/**
 * As many as memory is free for at the same time; the others are named.
 *
 * @return list<Store>
 */
function storesThatFit(int $entries, int $megabytes, string $step): array
{
    $stores = array_values(array_filter([nitroStore($megabytes, ['nitro.entry_size=64']), arrayStore(),
        tunedApcuStore(2 * $entries, $megabytes)]));
    $free = freeMegabytes();
    $count = min(count($stores), intdiv($free, (int) ($megabytes * 1.2)));
    if ($count < count($stores)) {
        echo "$step: without ", implode(', ', array_column(array_slice($stores, $count), 'name')), ", since $free MB are free.\n";
    }

    return array_slice($stores, 0, $count);
}

/** How long a processor is busy with an operation, with so many processes that do nothing else. */
function growProcesses(Bench $bench): void
{
    $stores = array_values(array_filter([arrayStore(), nitroStore(), tunedApcuStore()]));
    $racers = array_map(static fn (Store $store) => StoreProcess::start($store, 'racers.php', onOneProcessor: false), $stores);
    $table = new Table($bench->results, GROWTH_OF_PROCESSES, array_column($stores, 'name'));
    $table->printHead('ns of a processor');
    foreach (['read' => 0.0, '95 % read, 5 % written' => 0.05] as $mix => $writes) {
        foreach (firstSteps($bench, PROCESS_COUNTS) as $count) {
            $processors = min($count, max(1, count(allowedProcessors())));
            $measurements = [];
            foreach ($racers as $process) {
                $measurements[$process->store->name] = static fn () => $processors * 1e9
                    / $process->ask('race', range(0, $count - 1), 1_000, true, $writes)['speed'];
            }
            $row = "$mix, $count process" . ($count === 1 ? '' : 'es');
            foreach ($bench->inTurn($measurements, $bench->effort->growthRounds) as $store => $times) {
                $bench->results->add(new Figure(GROWTH_OF_PROCESSES, $row, $store, 'ns', $times, $count));
            }
            $table->printRow($row);
        }
    }
    array_map(static fn (StoreProcess $process) => $process->stop(), $racers);
}

/** What both a process and shared memory could still take. */
function freeMegabytes(): int
{
    $free = (int) found('/proc/meminfo', '/^MemAvailable:\s+(\d+)/m') >> 10;

    return is_dir('/dev/shm') ? min($free, (int) (disk_free_space('/dev/shm') >> 20)) : $free;
}
