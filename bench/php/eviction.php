<?php
// Hit ratios of NitroCache, Redis, Memcached and APCu through PHP, each with the same memory.
//   php -n bench/php/eviction.php

declare(strict_types=1);

require __DIR__ . '/support/at_exit.php';
require __DIR__ . '/support/command_line.php';
require __DIR__ . '/support/servers.php';

const HELP = <<<'TEXT'
    Usage: php -n bench/php/eviction.php [FOLDER] [--trace NAME,…] [--fraction SHARE,…]

    Replays traces and prints hit ratios in %, the beginning of the trace included: of an exact LRU, of
    S3-FIFO and of Bélády's policy with ideal memory, and of the real stores, each with so much memory in
    all. A "get" that misses is followed by a "set".

      FOLDER      recorded traces, *.trace.xz and *.trace.gz
      --trace     which ones; "out/eviction FOLDER --list" names them. Without it get-or-set: Zipf(0.99)
                  over 500 000 keys with values of 1 KB, in 64 MB
      --fraction  the memory, as shares of a trace's footprint; 0.1 without it. What would be less than
                  16 MB is enlarged with copies of the trace's keys

    It needs out/nitro.so (scripts/build) and out/eviction (cmake --build --preset release --target
    eviction); NITRO_SO and EVICTION name others. scripts/install-packages bench gets the other stores.
    A million requests take Redis and Memcached some 20 seconds each.

    TEXT;

const IDEAL = ['lru', 's3-fifo', 'belady'];
const LEAST_MEMORY_MB = 16;

/** @return array{string, list<string>, list<string>} folder, traces, shares */
function choiceOf(array $arguments): array
{
    $folder = '';
    $options = ['--trace' => 'get-or-set', '--fraction' => '0.1'];
    for ($i = 1; $i < count($arguments); ++$i) {
        if ($arguments[$i] === '--help') {
            echo HELP;
            exit(0);
        }
        if (isset($options[$arguments[$i]], $arguments[$i + 1])) {
            $options[$arguments[$i]] = $arguments[++$i];
        } elseif (is_dir($arguments[$i])) {
            $folder = $arguments[$i];
        } else {
            giveUp("\"$arguments[$i]\" is no folder and no option; --help names them.");
        }
    }

    return [$folder, explode(',', $options['--trace']), explode(',', $options['--fraction'])];
}

function builtFile(string $variable, string $path, string $how): string
{
    $path = getenv($variable) ?: __DIR__ . "/../../out/$path";
    is_file($path) ?: giveUp("$path is not there; $how makes it.");

    return $path;
}

/**
 * What the command prints. It has this process's stderr: PHP's STDERR, handed over, would be rewound
 * where it is a file.
 *
 * @param list<string> $command
 */
function outputOf(array $command): string
{
    $process = proc_open($command, [['file', '/dev/null', 'r'], ['pipe', 'w']], $pipes);
    $output = stream_get_contents($pipes[1]);
    proc_close($process) === 0 ?: giveUp('This failed: ' . implode(' ', $command));

    return $output;
}

/**
 * Replays on the policies with ideal memory, and leaves the requests in a file.
 *
 * @return array<string, mixed> a row as out/eviction writes it
 */
function replayIdeally(string $folder, string $trace, string $share, string $requests): array
{
    $json = temporaryFolder() . '/rows.json';
    outputOf([
        builtFile('EVICTION', 'eviction', 'cmake --build --preset release --target eviction'),
        ...($folder === '' ? [] : [$folder]),
        '--trace', $trace, '--fraction', $share, '--policy', implode(',', IDEAL),
        '--whole-mib', '--least-memory', (string) LEAST_MEMORY_MB, '--requests', $requests, '--json', $json,
    ]);

    return json_decode(file_get_contents($json), true, flags: JSON_THROW_ON_ERROR)['rows'][0];
}

/**
 * @param list<string> $settings
 *
 * @return array{gets: int, hits: int, refused: int}
 */
function replayOn(string $store, array $settings, string $requests, string $socket = ''): array
{
    $worker = [__DIR__ . '/support/eviction_worker.php', $store, $requests, $socket];

    return json_decode(outputOf([PHP_BINARY, '-n', ...phpOptions($settings), ...$worker]), true);
}

/** Where it is installed. */
function extension(string $name): ?string
{
    $path = ini_get('extension_dir') . "/$name.so";

    return is_file($path) ? "extension=$path" : null;
}

function replayOnNitro(int $memoryMb, string $requests): array
{
    $extension = builtFile('NITRO_SO', 'nitro.so', 'scripts/build');

    return replayOn('NitroCache', ["extension=$extension", "nitro.memory={$memoryMb}M", 'nitro.janitor=off',
        'nitro.name=bench-eviction-' . getmypid()], $requests);
}

function replayOnApcu(int $memoryMb, string $requests): ?array
{
    $extension = extension('apcu');

    // A slot for each KB: about as many as there are entries.
    return $extension === null ? null : replayOn('APCu', [$extension, 'apc.enable_cli=1',
        "apc.shm_size={$memoryMb}M", 'apc.entries_hint=' . $memoryMb * 1024], $requests);
}

/** @param list<string> $extensions its own last, behind those that it needs */
function replayOnServer(string $store, Closure $start, array $extensions, string $requests): ?array
{
    $settings = array_map(extension(...), $extensions);
    if (in_array(null, $settings, true) || ($server = $start()) === null) {
        return null;
    }
    $counts = replayOn($store, $settings, $requests, $server->socket);
    $server->stop();

    return $counts;
}

/** @return array<string, ?array{gets: int, hits: int, refused: int}> null: it is not installed */
function replayOnStores(int $memoryMb, string $requests): array
{
    return [
        'NitroCache' => replayOnNitro($memoryMb, $requests),
        'Redis' => replayOnServer('Redis', static fn () => Server::redis($memoryMb), ['igbinary', 'redis'], $requests),
        'Memcached' => replayOnServer('Memcached', static fn () => Server::memcached($memoryMb),
            ['msgpack', 'igbinary', 'memcached'], $requests),
        'APCu' => replayOnApcu($memoryMb, $requests),
    ];
}

/** @param array<string, string> $cells */
function printRow(string $trace, string $memory, array $cells): void
{
    printf("%-12s%8s", $trace, $memory);
    foreach ($cells as $cell) {
        printf('%12s', $cell);
    }
    echo "\n";
}

[$folder, $traces, $shares] = choiceOf($argv);
$requests = temporaryFolder() . '/requests';
$isFirst = true;
$notes = [];
foreach ($traces as $trace) {
    foreach ($trace === 'get-or-set' ? ['0.1'] : $shares as $share) {
        $row = replayIdeally($folder, $trace, $share, $requests);
        $memoryMb = intdiv($row['memory_bytes'], 1 << 20);
        $cells = array_map(static fn (string $policy) => sprintf('%.2f', $row['policies'][$policy]['hit_ratio'] * 100),
            array_combine(IDEAL, IDEAL));
        foreach (replayOnStores($memoryMb, $requests) as $store => $counts) {
            if ($counts === null) {
                $cells[$store] = '-';
                $notes["$store was not measured: it, or its extension, is not installed."] = true;
                continue;
            }
            $cells[$store] = sprintf('%.2f', $counts['hits'] / $counts['gets'] * 100);
            if ($counts['refused'] > 0) {
                $notes["$store refused $counts[refused] values of $trace."] = true;
            }
        }
        if ($isFirst) {
            printRow('trace', 'MB', array_combine(array_keys($cells), array_keys($cells)));
            $isFirst = false;
        }
        printRow($trace, (string) $memoryMb, $cells);
    }
}
echo implode("\n", array_keys($notes)), $notes === [] ? '' : "\n";
