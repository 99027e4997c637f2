<?php
// Nanoseconds per operation in one process: each kind of value under one key, and small values under
// many keys.

declare(strict_types=1);

require_once __DIR__ . '/support/bench.php';
require_once __DIR__ . '/support/keys.php';
require_once __DIR__ . '/support/values.php';

const ONE_KEY = 'One key';

/** Keys, how they are drawn, and what is done with values of one kind. */
final class Workload
{
    /** @param list<string> $operations `delete` the last one, since it leaves nothing */
    public function __construct(
        public readonly string $value,
        public readonly int $keys,
        public readonly string $distribution,
        public readonly array $operations,
    ) {
    }

    public function table(): string
    {
        return $this->keys === 1 ? ONE_KEY : manyKeys($this->keys, $this->distribution);
    }

    /** So many keys are drawn before the loop begins, and asked for over and over. */
    public function draws(Store $store, int $atMost): int
    {
        return min($atMost, match (true) {
            $this->keys === 1 => isLargeValue($this->value) ? 4 : 100,
            $store->waits => 1_000,
            default => max(10_000, $this->keys),
        });
    }
}

function manyKeys(int $keys, string $distribution): string
{
    return number_format($keys, 0, '', ' ') . " keys, $distribution";
}

/** @return list<Workload> those of one table follow each other */
function workloads(bool $quick): array
{
    $workloads = [];
    $values = $quick ? [INTEGER, BYTES_32, KILOBYTE, KILOBYTES_100, SCALARS, ROWS, OBJECT] : array_keys(values());
    foreach ($values as $value) {
        $workloads[] = new Workload($value, 1, SAME_KEY, [
            'get',
            'set',
            ...($value === INTEGER ? ['increment', 'miss'] : []),
            ...($quick ? [] : ['has', 'delete']),
        ]);
    }
    if ($quick) {
        return [...$workloads, new Workload(BYTES_32, 100_000, UNIFORM, ['get', 'set'])];
    }
    foreach ([1_000, 100_000] as $keys) {
        foreach ([UNIFORM, ZIPF] as $distribution) {
            $workloads[] = new Workload(INTEGER, $keys, $distribution, ['get', 'set', 'has', 'increment', 'miss', 'delete']);
            $workloads[] = new Workload(BYTES_32, $keys, $distribution, ['get', 'set', 'has']);
            $workloads[] = new Workload(KILOBYTE, $keys, $distribution, ['get', 'set']);
        }
    }

    return $workloads;
}

function measureOperations(Bench $bench): void
{
    $stores = $bench->stores();
    $processes = array_map(static fn (Store $store) => StoreProcess::start($store), [emptyStore(), ...$stores]);
    $title = null;
    foreach (workloads($bench->quick) as $workload) {
        $table = new Table($bench->results, $workload->table(), array_column($stores, 'name'));
        if ($title !== $workload->table()) {
            $title = $workload->table();
            $table->printHead('ns');
        }
        $ready = prepare($bench, $workload, $processes);
        foreach ($workload->operations as $operation) {
            $row = in_array($operation, ['miss', 'increment'], true) ? $operation : "$operation, $workload->value";
            foreach (timesOf($bench, $ready, $operation) as $store => $times) {
                $bench->results->add(new Figure($title, $row, $store, 'ns', $times));
            }
            $table->printRow($row);
        }
    }
    array_map(static fn (StoreProcess $process) => $process->stop(), $processes);
}

/**
 * @param list<StoreProcess> $processes
 *
 * @return list<StoreProcess> those that can do it
 */
function prepare(Bench $bench, Workload $workload, array $processes): array
{
    return array_values(array_filter($processes, static function (StoreProcess $process) use ($bench, $workload): bool {
        $store = $process->store;
        $tooSlow = $bench->quick && $store->name === FILES && $workload->keys > 1_000;
        if ($tooSlow || $store->onlyCompound && isScalarValue($workload->value)) {
            return false;
        }
        try {
            $process->ask('prepare', $workload->value, $workload->keys, $workload->distribution,
                $workload->draws($store, $bench->effort->mostDraws), false, $bench->effort->mostDraws);
        } catch (StoreFails $failure) {
            echo '  ', $failure->getMessage(), "\n";

            return false;
        }

        return true;
    }));
}

/**
 * @param list<StoreProcess> $processes the first one is the loop itself
 *
 * @return array<string, list<float>> nanoseconds of each round by store, without the loop itself
 */
function timesOf(Bench $bench, array $processes, string $operation, ?int $rounds = null): array
{
    $measurements = [];
    foreach ($processes as $process) {
        $passes = passesIn($bench->effort->secondsPerLoop, $process, $operation);
        if ($passes !== null) {
            $measurements[$process->store->name] = static function () use ($process, $operation, $passes): float {
                // Without looking: what the others put in the processor's caches is not this one's fault.
                $process->store->waits || $process->ask('time', $operation, (int) ceil($passes / 20));

                return $process->ask('time', $operation, $passes);
            };
        }
    }
    $times = $bench->inTurn($measurements, $rounds);
    // Its best round: what disturbs the loop itself would make all others too fast.
    $loopItself = min(array_shift($times));

    return array_map(static fn (array $rounds) => array_map(
        static fn (float $time) => max(0.0, $time - $loopItself),
        $rounds,
    ), $times);
}

/** How many times to go through the keys takes that long; null if the store has no such operation. */
function passesIn(float $seconds, StoreProcess $process, string $operation): ?int
{
    for ($passes = 1;; $passes *= 4) {
        $start = hrtime(true);
        if ($process->ask('time', $operation, $passes) === null) {
            return null;
        }
        $taken = max(1, hrtime(true) - $start) / 1e9;
        if ($taken >= $seconds / 8) {
            return max(1, (int) round($seconds / $taken * $passes));
        }
    }
}
