<?php
// A cache that nobody else uses and that goes when the program does.

declare(strict_types=1);

require_once __DIR__ . '/command_line.php';

// What each store gets: many times what the data take, so that nothing is ever evicted.
const MEMORY_MB = 128;

function temporaryCacheName(): string
{
    return 'bench-' . getmypid();
}

/** Makes it; it is removed at the end of the process that calls this. */
function makeTemporaryCache(string $name): NitroCache
{
    if (!extension_loaded('nitro')) {
        giveUp('The extension nitro is not loaded; scripts/compare loads it.');
    }
    $cache = new NitroCache(MEMORY_MB, $name);
    $segment = '/dev/shm/' . $cache->getStats()['segment'];
    register_shutdown_function(static function () use ($segment): void {
        // Where shared memory is no file, it stays until nitroctl destroys it.
        if (is_file($segment)) {
            unlink($segment);
        }
    });
    if (function_exists('pcntl_async_signals')) {
        pcntl_async_signals(true);
        foreach ([SIGINT, SIGTERM] as $signal) {
            pcntl_signal($signal, static fn () => exit(128 + $signal));
        }
    }

    return $cache;
}
