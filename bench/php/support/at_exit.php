<?php
// What has to be put away: when the program ends, also when it is interrupted, and before.

declare(strict_types=1);

/** Runs `$tidy` at the end of this process, before what was asked for earlier, and not in its forks. */
function atExit(Closure $tidy): void
{
    static $tasks = null;
    if ($tasks === null) {
        $tasks = new SplStack();
        $owner = getmypid();
        register_shutdown_function(static function () use ($tasks, $owner): void {
            while (getmypid() === $owner && !$tasks->isEmpty()) {
                $tasks->pop()();
            }
        });
        if (function_exists('pcntl_async_signals')) {
            pcntl_async_signals(true);
            foreach ([SIGINT, SIGTERM, SIGHUP] as $signal) {
                pcntl_signal($signal, static fn () => exit(128 + $signal));
            }
        }
    }
    $tasks->push($tidy);
}

/** A folder of this process, which goes with it and all that is in it. */
function temporaryFolder(): string
{
    static $folder = null;
    if ($folder === null) {
        // Short: what a socket's path may have is little more than a hundred bytes.
        $folder = sys_get_temp_dir() . '/nitro-bench-' . getmypid();
        mkdir($folder, 0700) ?: giveUp("$folder cannot be made.");
        atExit(static fn () => removeFolder($folder));
    }

    return $folder;
}

function removeFolder(string $folder): void
{
    $below = new RecursiveIteratorIterator(
        new RecursiveDirectoryIterator($folder, FilesystemIterator::SKIP_DOTS),
        RecursiveIteratorIterator::CHILD_FIRST,
    );
    foreach ($below as $path) {
        $path->isDir() ? rmdir((string) $path) : unlink((string) $path);
    }
    rmdir($folder);
}

/**
 * Waits for the end of a process that was told to end, and kills it if that takes longer.
 *
 * @param resource $process
 */
function endProcess($process, float $seconds): void
{
    for ($start = hrtime(true); proc_get_status($process)['running']; usleep(2_000)) {
        if (hrtime(true) - $start > $seconds * 1e9) {
            proc_terminate($process, 9);
        }
    }
    proc_close($process);
}
