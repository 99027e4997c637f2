<?php
// Replays the requests of a file on one store, in a process of its own, and prints what it counted as
// JSON. bench/php/eviction.php runs it.
//   php eviction_worker.php STORE REQUESTS [SOCKET]

declare(strict_types=1);

require __DIR__ . '/at_exit.php';
require __DIR__ . '/command_line.php';

const BYTES_PER_REQUEST = 12;
const REQUESTS_AT_ONCE = 10_000;
const LARGEST_VALUE = 32768;

abstract class EvictingStore
{
    abstract public function has(string $key): bool;

    abstract public function set(string $key, string $value): bool;

    abstract public function delete(string $key): void;
}

final class EvictingNitro extends EvictingStore
{
    private readonly NitroCache $cache;

    public function __construct()
    {
        $this->cache = new NitroCache();
        $segment = '/dev/shm/' . $this->cache->getStats()['segment'];
        // Where shared memory is no file, it stays until nitroctl destroys it.
        atExit(static fn () => is_file($segment) && unlink($segment));
    }

    public function has(string $key): bool
    {
        return $this->cache->get($key) !== null;
    }

    public function set(string $key, string $value): bool
    {
        return $this->cache->set($key, $value);
    }

    public function delete(string $key): void
    {
        $this->cache->delete($key);
    }
}

final class EvictingApcu extends EvictingStore
{
    public function has(string $key): bool
    {
        return apcu_fetch($key) !== false;
    }

    public function set(string $key, string $value): bool
    {
        return apcu_store($key, $value);
    }

    public function delete(string $key): void
    {
        apcu_delete($key);
    }
}

final class EvictingRedis extends EvictingStore
{
    private readonly Redis $server;

    public function __construct(string $socket)
    {
        $this->server = new Redis();
        $this->server->connect($socket) ?: giveUp("Redis does not answer at $socket.");
    }

    public function has(string $key): bool
    {
        return $this->server->get($key) !== false;
    }

    public function set(string $key, string $value): bool
    {
        return $this->server->set($key, $value);
    }

    public function delete(string $key): void
    {
        $this->server->del($key);
    }
}

final class EvictingMemcached extends EvictingStore
{
    private readonly Memcached $server;

    public function __construct(string $socket)
    {
        $this->server = new Memcached();
        $this->server->setOption(Memcached::OPT_COMPRESSION, false);
        $this->server->addServer($socket, 0) ?: giveUp("Memcached does not answer at $socket.");
    }

    public function has(string $key): bool
    {
        return $this->server->get($key) !== false;
    }

    public function set(string $key, string $value): bool
    {
        return $this->server->set($key, $value);
    }

    public function delete(string $key): void
    {
        $this->server->delete($key);
    }
}

final class Replay
{
    public int $gets = 0;
    public int $hits = 0;
    public int $refused = 0;
    private readonly string $bytes;

    public function __construct(private readonly EvictingStore $store)
    {
        $this->bytes = str_repeat('v', LARGEST_VALUE);
    }

    public function run(string $path): void
    {
        $file = fopen($path, 'rb');
        while (($chunk = (string) fread($file, BYTES_PER_REQUEST * REQUESTS_AT_ONCE)) !== '') {
            $words = array_values(unpack('V*', $chunk));
            for ($at = 0; $at < count($words); $at += 3) {
                $this->serve(sprintf('key:%08x', $words[$at]), $words[$at + 1], $words[$at + 2]);
            }
        }
    }

    private function serve(string $key, int $size, int $operation): void
    {
        if ($operation === 2) {
            $this->store->delete($key);
            return;
        }
        if ($operation === 0) {
            ++$this->gets;
            if ($this->store->has($key)) {
                ++$this->hits;
                return;
            }
        }
        if (!$this->store->set($key, substr($this->bytes, 0, $size))) {
            ++$this->refused;
        }
    }
}

[, $name, $requests] = $argv;
$socket = $argv[3] ?? '';
$replay = new Replay(match ($name) {
    'NitroCache' => new EvictingNitro(),
    'APCu' => new EvictingApcu(),
    'Redis' => new EvictingRedis($socket),
    'Memcached' => new EvictingMemcached($socket),
});
$replay->run($requests);
echo json_encode($replay), "\n";
