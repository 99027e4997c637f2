<?php
// Do processes that use a cache at the same time lose anything to each other? How much two of them do
// together, by what one does alone; two that use PHP arrays of their own show what the machine costs any
// two busy processors.

declare(strict_types=1);

require_once __DIR__ . '/support/bench.php';

const TWO_PROCESSES = 'Two processes: what both do ÷ what one does alone';
const TWO_PROCESSES_SPEED = 'Two processes: both together';

const READS_OF_SAME_KEY = 'read, the same key';
const READS_OF_SAME_KEYS = 'read, the same 1 000 keys';
const READS_OF_OWN_KEYS = 'read, 1 000 keys each';
const MIXED_95_5 = '95 % read, 5 % written, 1 000 keys';
const MIXED_50_50 = '50 % read, 50 % written, 1 000 keys';

// Of all races of a row.
const ENOUGH_UNDISTURBED = 0.75;

// Keys, whether both use the same ones, and which part of the operations are writes.
const RACES = [
    READS_OF_SAME_KEY => [1, true, 0.0],
    READS_OF_SAME_KEYS => [1_000, true, 0.0],
    READS_OF_OWN_KEYS => [1_000, false, 0.0],
    MIXED_95_5 => [1_000, true, 0.05],
    MIXED_50_50 => [1_000, true, 0.5],
];

function measureProcesses(Bench $bench): void
{
    if (twoProcessors() === [] || !function_exists('pcntl_fork')) {
        echo "\nTwo processes at once were not measured: that takes two processors, and pcntl_fork().\n";

        return;
    }
    $stores = storesThatRace($bench);
    $racers = array_map(static fn (Store $store) => StoreProcess::start($store, 'racers.php', onOneProcessor: false), $stores);
    $quotients = new Table($bench->results, TWO_PROCESSES, array_column($stores, 'name'));
    $speeds = new Table($bench->results, TWO_PROCESSES_SPEED, array_column($stores, 'name'));
    $quotients->printHead('the quotient');
    foreach (RACES as $row => $race) {
        raceInTurn($bench, $racers, $row, $race);
        $quotients->printRow($row);
    }
    $speeds->printHead('million operations per second');
    array_map($speeds->printRow(...), array_keys(RACES));
    array_map(static fn (StoreProcess $process) => $process->stop(), $racers);
}

/** @return list<Store> */
function storesThatRace(Bench $bench): array
{
    return array_values(array_filter($bench->stores(together: false), static fn (Store $store) => !$store->onlyCompound
        && $store->name !== FLOOR && !($bench->quick && $store->waits)));
}

/**
 * @param list<StoreProcess> $racers
 * @param array{int, bool, float} $race
 */
function raceInTurn(Bench $bench, array $racers, string $row, array $race): void
{
    $together = [];
    $undisturbed = [];
    $measurements = [];
    foreach ($racers as $process) {
        $store = $process->store->name;
        $measurements[$store] = static function () use ($process, $race, $store, &$together, &$undisturbed): float {
            $each = array_map(static fn (array $racers) => $process->ask('race', $racers, ...$race), [[0], [1], [0, 1]]);
            [$first, $second, $both] = array_column($each, 'speed');
            $together[$store][] = $both / 1e6;
            array_push($undisturbed, ...array_column($each, 'undisturbed'));

            return 2 * $both / ($first + $second);
        };
    }
    foreach ($bench->inTurn($measurements, $bench->effort->races) as $store => $quotients) {
        $bench->results->add(new Figure(TWO_PROCESSES, $row, $store, '×', $quotients));
        $bench->results->add(new Figure(TWO_PROCESSES_SPEED, $row, $store, 'M/s', $together[$store]));
    }
    $share = array_sum($undisturbed) / count($undisturbed);
    if ($share < ENOUGH_UNDISTURBED) {
        printf("  The next line says little: in %.0f %% of its races others wanted a processor, too.\n", 100 * (1 - $share));
    }
}
