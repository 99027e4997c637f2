<?php
// What a stored array takes of the cache, beside what PHP itself takes for it, and how much of the
// memory given is left for keys and values.

declare(strict_types=1);

require_once __DIR__ . '/support/bench.php';

// What usage_bytes of getStats() grows by when an array is stored, its key and header included. Literal
// keys cost PHP nothing, since they belong to the code; the cache has to store them.
const ARRAY_MEMORY = 'Memory of an array';
const USABLE_MEMORY = 'Memory for keys and values';
const USABLE_OF_MB = 64;
const STRING_LENGTHS = [400, 4096];

function measureMemory(Bench $bench): void
{
    $process = StoreProcess::start(nitroStore(USABLE_OF_MB), 'memory_worker.php');
    $table = new Table($bench->results, ARRAY_MEMORY, [PHP_ARRAY, NITRO]);
    $table->printHead('bytes');
    foreach ($process->ask('names') as $array) {
        $bench->results->add(new Figure(ARRAY_MEMORY, $array, PHP_ARRAY, 'bytes', [$process->ask('bytesInPhp', $array)]));
        $bench->results->add(new Figure(ARRAY_MEMORY, $array, NITRO, 'bytes', [$process->ask('bytesInCache', $array)]));
        $table->printRow($array);
    }
    $process->stop();
    measureUsable($bench);
}

function measureUsable(Bench $bench): void
{
    // Anew: the other process holds the arrays that it has read where they lie, until it ends.
    $process = StoreProcess::start(nitroStore(USABLE_OF_MB), 'memory_worker.php');
    $table = new Table($bench->results, USABLE_MEMORY, [NITRO]);
    $table->printHead('share of the memory given');
    foreach (STRING_LENGTHS as $length) {
        $share = $process->ask('usableShare', $length, USABLE_OF_MB << 20);
        $bench->results->add(new Figure(USABLE_MEMORY, usableRow($length), NITRO, 'share', [$share]));
        $table->printRow(usableRow($length));
    }
    $process->stop();
}

function usableRow(int $length): string
{
    return "strings of $length bytes";
}
