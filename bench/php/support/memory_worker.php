<?php
// What arrays take in PHP and in the cache: a process that is asked by memory.php.

declare(strict_types=1);

require_once __DIR__ . '/configuration.php';
require_once __DIR__ . '/worker_loop.php';

// So many bytes of arrays are stored at least: what is rounded for each entry is seen then.
const STORED_BYTES = 1 << 20;
const FIELDS = ['id', 'name', 'email', 'price', 'stock', 'active', 'parent', 'colour', 'created', 'weight'];

/** @return array<string, Closure(): array<mixed>> each builds its array anew */
function arrays(): array
{
    return [
        '5 000 strings of 20 bytes' => static fn () => strings(5_000),
        '50 000 strings of 20 bytes' => static fn () => strings(50_000),
        '100 rows of 10, keys built for each' => static fn () => rowsOf(static fn () => builtKeys()),
        '100 rows of 10, keys built once' => static function (): array {
            $keys = builtKeys();

            return rowsOf(static fn () => $keys);
        },
        '100 rows of 10, literal keys' => static fn () => rowsOf(static fn () => FIELDS),
        'list of 10 scalars' => static fn () => scalarsOf(1),
        '10 scalars, literal keys' => static fn () => array_combine(FIELDS, scalarsOf(1)),
        '10 scalars, keys built' => static fn () => array_combine(builtKeys(), scalarsOf(1)),
        '5 000 options, three levels' => static fn () => configuration(),
        'list of 10 000 ints' => static fn () => range(1, 10_000),
        'hash of 1 000 ints' => static function (): array {
            $hash = [];
            for ($number = 0; $number < 1_000; ++$number) {
                $hash["key of $number"] = $number;
            }

            return $hash;
        },
        'hash of 1 000 ints, int keys' => static function (): array {
            $hash = [];
            for ($number = 0; $number < 1_000; ++$number) {
                $hash[$number * 17 + 1_000] = $number;
            }

            return $hash;
        },
    ];
}

/** @return list<string> */
function strings(int $count): array
{
    $strings = [];
    for ($number = 0; $number < $count; ++$number) {
        // Not sprintf(): it leaves unused room behind its strings.
        $strings[] = 'string of 20 b ' . (10_000 + $number);
    }

    return $strings;
}

/** @return list<string> strings of their own, none of which belongs to the code */
function builtKeys(): array
{
    return array_map(static fn (string $field) => substr($field . '.', 0, -1), FIELDS);
}

/**
 * @param Closure(): list<string> $keys called for each row
 *
 * @return list<array<string, scalar|null>>
 */
function rowsOf(Closure $keys): array
{
    $rows = [];
    for ($id = 1; $id <= 100; ++$id) {
        $rows[] = array_combine($keys(), scalarsOf($id));
    }

    return $rows;
}

/** @return list<scalar|null> */
function scalarsOf(int $id): array
{
    return [
        $id, "Product $id", "seller$id@example.org", $id * 1.25, $id * 7, $id % 2 === 0, null, "colour $id",
        '2026-11-22 21:42:' . (100 + $id), 0.1 + $id,
    ];
}

final class MemoryWorker
{
    private readonly NitroCache $cache;

    public function __construct()
    {
        $this->cache = new NitroCache();
    }

    /** @return list<string> */
    public function names(): array
    {
        return array_keys(arrays());
    }

    public function bytesInPhp(string $name): int
    {
        $build = arrays()[$name];
        $build(); // what only the first call needs
        $array = null;
        $before = memory_get_usage();
        $array = $build();

        return memory_get_usage() - $before;
    }

    public function bytesInCache(string $name): float
    {
        $array = arrays()[$name]();
        $copies = max(1, min(2_000, intdiv(STORED_BYTES, $this->bytesInPhp($name))));
        $this->cache->clear();
        $before = $this->cache->getStats();
        for ($copy = 0; $copy < $copies; ++$copy) {
            $this->cache->set("array $copy", $array) ?: throw new RuntimeException('An array could not be stored.');
        }
        $after = $this->cache->getStats();
        if ($after['entries'] - $before['entries'] !== $copies || $after['evictions'] !== $before['evictions']) {
            throw new RuntimeException('Arrays were evicted.');
        }
        $this->cache->get('array 0') === $array ?: throw new RuntimeException('An array does not come back.');

        return ($after['usage_bytes'] - $before['usage_bytes']) / $copies;
    }

    /** Which part of `$capacity`, the memory given, holds keys and values, once it is full of strings of that length. */
    public function usableShare(int $length, int $capacity): float
    {
        $this->cache->clear();
        $value = str_repeat('v', $length);
        $stored = 0;
        for ($number = 0; $stored < 2 * $capacity; ++$number) {
            $this->cache->set($key = sprintf('key:%012d', $number), $value);
            $stored += strlen($key) + $length;
        }

        return $this->cache->getStats()['entries'] * (strlen($key) + $length) / $capacity;
    }
}

serveOrders(static fn (Store $store) => new MemoryWorker());
