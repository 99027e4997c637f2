<?php
// What it costs that a PHP process is started with a store's extension, and that it opens the store.

declare(strict_types=1);

require_once __DIR__ . '/support/bench.php';

const START_UP = 'Start-up';

function measureStartup(Bench $bench): void
{
    $stores = array_values(array_filter($bench->stores(), static fn (Store $store) => !$store->onlyCompound
        && !in_array($store->name, [PHP_ARRAY, APCU_TUNED], true)));
    $table = new Table($bench->results, START_UP, array_column($stores, 'name'));
    $table->printHead('µs');
    $processes = ["php -r '', extension loaded" => '', '… and opened, and one get' => null];
    foreach ($processes as $row => $code) {
        $measurements = [];
        foreach ($stores as $store) {
            $command = phpCommand($store, $code ?? "\$isScalar = true; \$key = 'key'; $store->open $store->get");
            $measurements[$store->name] = static fn () => timeOfCommand($command);
        }
        addRow($bench, $table, $row, $measurements);
    }
    foreach (['first opening in a process' => 0, 'later openings' => 1] as $row => $number) {
        $measurements = [];
        foreach ($stores as $store) {
            $command = phpCommand($store, openingCode($store->open));
            $measurements[$store->name] = static fn () => (float) explode(' ', (string) shell_exec($command))[$number];
        }
        addRow($bench, $table, $row, $measurements);
    }
    addRow($bench, $table, 'first opening of all: the cache is made', [
        NITRO => static fn () => (float) shell_exec(phpCommand($fresh = nitroStore(), openingCode($fresh->open))),
    ]);
}

/** @param array<string, Closure(): float> $measurements */
function addRow(Bench $bench, Table $table, string $row, array $measurements): void
{
    foreach ($bench->inTurn($measurements) as $store => $times) {
        $bench->results->add(new Figure(START_UP, $row, $store, 'µs', $times));
    }
    $table->printRow($row);
}

/** Prints the microseconds of the first opening, and the median of later ones. */
function openingCode(string $open): string
{
    return <<<PHP
        \$isScalar = true;
        for (\$i = 0; \$i <= 100; ++\$i) {
            \$start = hrtime(true);
            $open
            \$times[] = (hrtime(true) - \$start) / 1e3;
        }
        echo array_shift(\$times), ' ';
        sort(\$times);
        echo \$times[50];
        PHP;
}

function phpCommand(Store $store, string $code): string
{
    return implode(' ', array_map(escapeshellarg(...), [...onProcessor(benchProcessor()), PHP_BINARY, '-n',
        ...phpOptions($store->settings), '-r', $code]));
}

/** Microseconds of the processor's time. */
function timeOfCommand(string $command): float
{
    $start = processorTime(ofChildren: true);
    shell_exec("$command 2>&1");

    return (processorTime(ofChildren: true) - $start) / 1e3;
}
