<?php
// Servers of our own: each on a unix socket in a folder of this process, with nothing read from or
// written to the system's own configuration and data. They are stopped by the end of this process.

declare(strict_types=1);

require_once __DIR__ . '/at_exit.php';
require_once __DIR__ . '/command_line.php';
require_once __DIR__ . '/processors.php';

final class Server
{
    private const SECONDS_TO_START = 10;
    private const SECONDS_TO_STOP = 5;

    private static int $count = 0;

    /** @param resource|null $process null once it is stopped */
    private function __construct(private $process, public readonly string $socket)
    {
    }

    /** Null where it is not installed. */
    public static function redis(int $memoryMb, string $policy = 'allkeys-lru', ?int $processor = null): ?self
    {
        return self::start(pathOf('redis-server'), $processor, static fn (string $socket) => [
            '--port', '0', '--unixsocket', $socket, '--dir', dirname($socket), '--save', '', '--appendonly', 'no',
            '--maxmemory', "{$memoryMb}mb", '--maxmemory-policy', $policy,
        ]);
    }

    /** Null where it is not installed. Its largest item is 8 MB instead of 1 MB. */
    public static function memcached(int $memoryMb, ?int $processor = null): ?self
    {
        $user = trim((string) shell_exec('id -un'));

        return self::start(pathOf('memcached'), $processor, static fn (string $socket) => [
            '-s', $socket, '-m', (string) $memoryMb, '-I', '8m', '-u', $user,
        ]);
    }

    /**
     * One worker that serves one request after the other. Null where it is not installed.
     *
     * @param list<string> $settings as php -d takes them; no php.ini is read
     */
    public static function fpm(array $settings, ?int $processor = null): ?self
    {
        return self::start(self::fpmPath(), $processor, static function (string $socket) use ($settings) {
            file_put_contents("$socket.conf", implode("\n", [
                '[global]', "error_log=$socket.log", '[bench]', "listen=$socket", 'pm=static', 'pm.max_children=1',
            ]) . "\n");

            return ['-n', '-F', '-R', '-y', "$socket.conf", ...phpOptions($settings)];
        });
    }

    /** The one of this PHP's version. */
    public static function fpmPath(): ?string
    {
        return pathOf('php-fpm' . PHP_MAJOR_VERSION . '.' . PHP_MINOR_VERSION);
    }

    public function stop(): void
    {
        if ($this->process === null) {
            return;
        }
        proc_terminate($this->process);
        endProcess($this->process, self::SECONDS_TO_STOP);
        $this->process = null;
    }

    /** @param Closure(string): list<string> $arguments of the program, given its socket */
    private static function start(?string $path, ?int $processor, Closure $arguments): ?self
    {
        if ($path === null) {
            return null;
        }
        $socket = temporaryFolder() . '/' . ++self::$count . '.sock';
        // If this process is killed, so that it cannot stop the server, the kernel does.
        $command = [...onProcessor($processor), ...(pathOf('setpriv') === null ? [] : ['setpriv', '--pdeathsig', 'TERM']), $path, ...$arguments($socket)];
        $log = ['file', "$socket.log", 'a'];
        $process = proc_open($command, [['file', '/dev/null', 'r'], $log, $log], $pipes);
        is_resource($process) ?: giveUp("$path cannot be started.");
        $server = new self($process, $socket);
        atExit($server->stop(...));
        $server->waitUntilItListens($path);

        return $server;
    }

    private function waitUntilItListens(string $path): void
    {
        for ($start = hrtime(true); !($connection = @stream_socket_client("unix://$this->socket")); usleep(5_000)) {
            $late = hrtime(true) - $start > self::SECONDS_TO_START * 1e9;
            if ($late || !proc_get_status($this->process)['running']) {
                giveUp("$path does not start: " . file_get_contents("$this->socket.log"));
            }
        }
        fclose($connection);
    }
}

function pathOf(string $program): ?string
{
    foreach ([...explode(':', (string) getenv('PATH')), '/usr/sbin', '/sbin'] as $folder) {
        if (is_executable("$folder/$program")) {
            return "$folder/$program";
        }
    }

    return null;
}

/**
 * @param list<string> $settings
 *
 * @return list<string> for a PHP that is started without php.ini
 */
function phpOptions(array $settings): array
{
    return array_merge(...array_map(static fn (string $setting) => ['-d', $setting], $settings));
}
