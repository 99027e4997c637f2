<?php
// How long single operations take: the usual one, and the slowest. In a cache with room, in one that is
// full, so that each set evicts something, and in one from which the janitor removes what has expired.

declare(strict_types=1);

require_once __DIR__ . '/support/bench.php';
require_once __DIR__ . '/support/keys.php';
require_once __DIR__ . '/support/values.php';

const QUANTILES = ['p50' => 0.5, 'p99' => 0.99, 'p99.9' => 0.999, 'max' => 1.0];

const LATENCY_WITH_ROOM = 'Latency: 32 bytes, 1 000 keys';
const LATENCY_OF_EXPIRING = 'Latency: 32 bytes that expire, without janitor';
const LATENCY_WITH_JANITOR = 'Latency: 32 bytes that expire, while the janitor sweeps';

const FULL_MB = 16;
// Twice as many as fit into that much memory, or more.
const FULL_KEYS = [BYTES_32 => 200_000, KILOBYTE => 30_000];

function latencyOfFull(string $value): string
{
    return "Latency: $value, full and evicting";
}

function latencyRow(string $operation, string $quantile): string
{
    return "$operation, $quantile";
}

function measureLatency(Bench $bench): void
{
    measureQuantiles($bench, LATENCY_WITH_ROOM, latencyPeers($bench->stores()), BYTES_32, 1_000);
    foreach ($bench->quick ? [BYTES_32] : array_keys(FULL_KEYS) as $value) {
        $stores = array_filter(latencyPeers($bench->stores(FULL_MB)), static fn (Store $store) => $store->name !== PHP_ARRAY
            && !($bench->quick && $store->waits));
        measureQuantiles($bench, latencyOfFull($value), array_values($stores), $value, FULL_KEYS[$value], full: true);
    }
    if (!$bench->quick) {
        measureJanitor($bench);
    }
}

/**
 * @param list<Store> $stores
 *
 * @return list<Store>
 */
function latencyPeers(array $stores): array
{
    return array_values(array_filter($stores, static fn (Store $store) => !$store->onlyCompound
        && !in_array($store->name, [FLOOR, APCU_TUNED, FILES], true)));
}

function measureJanitor(Bench $bench): void
{
    $expiring = static fn (string ...$settings) => [nitroStore(MEMORY_MB, $settings, '$cache->set($key, $value, 0.2);')];
    measureQuantiles($bench, LATENCY_OF_EXPIRING, $expiring(), BYTES_32, 100_000, full: true);
    $nitroctl = getenv('NITROCTL') ?: dirname(__DIR__, 2) . '/out/nitroctl';
    measureQuantiles($bench, LATENCY_WITH_JANITOR, $expiring('nitro.janitor=auto', "nitro.janitor_path=$nitroctl"),
        BYTES_32, 100_000, full: true);
}

/** @param list<Store> $stores */
function measureQuantiles(Bench $bench, string $title, array $stores, string $value, int $keys, bool $full = false): void
{
    $processes = array_map(static fn (Store $store) => StoreProcess::start($store), [emptyStore(), ...$stores]);
    foreach ($processes as $process) {
        $process->ask('prepare', $value, $keys, UNIFORM, min($process->store->waits ? 2_000 : 100_000, $bench->effort->mostDraws), $full);
    }
    $table = new Table($bench->results, $title, array_column($stores, 'name'));
    $table->printHead('ns');
    foreach (['get', 'set'] as $operation) {
        $rounds = $bench->inTurn(array_map(
            static fn (StoreProcess $process) => static fn () => $process->ask(
                'quantiles',
                $operation,
                $bench->effort->passesOfEach,
                array_values(QUANTILES),
            ),
            $processes,
        ));
        addQuantiles($bench->results, $title, $operation, $stores, $rounds);
        array_map(static fn (string $quantile) => $table->printRow(latencyRow($operation, $quantile)), array_keys(QUANTILES));
    }
    array_map(static fn (StoreProcess $process) => $process->stop(), $processes);
}

/**
 * @param list<Store> $stores
 * @param list<list<list<int>>> $rounds of the clock itself, and then of each store
 */
function addQuantiles(Results $results, string $title, string $operation, array $stores, array $rounds): void
{
    $clock = median(array_column(array_shift($rounds), 0));
    foreach ($stores as $number => $store) {
        foreach (array_keys(QUANTILES) as $position => $quantile) {
            $times = array_map(
                static fn (array $quantiles) => max(0.0, $quantiles[$position] - $clock),
                $rounds[$number],
            );
            $results->add(new Figure($title, latencyRow($operation, $quantile), $store->name, 'ns', $times));
        }
    }
}
