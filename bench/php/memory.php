<?php
// What a stored array takes of the cache, beside what PHP itself takes for it.
//   php -n -d extension=out/nitro.so -d nitro.janitor=off bench/php/memory.php [--check]

declare(strict_types=1);

require __DIR__ . '/support/command_line.php';
require __DIR__ . '/support/configuration.php';
require __DIR__ . '/support/temporary_cache.php';

const HELP = <<<'TEXT'
    Usage: php -n -d extension=out/nitro.so -d nitro.janitor=off bench/php/memory.php [--check]

    Prints bytes per array: what memory_get_usage() grows by when it is built, what usage_bytes of
    getStats() grows by when it is stored (its key and header included), and the ratio of the two.
    Literal keys cost PHP nothing, since they belong to the code; the cache has to store them.

      --check   exit code 1 if a ratio is over the limit

    TEXT;

const LIMIT = 1.3;
// So many bytes of arrays are stored at least: what is rounded for each entry is seen then.
const STORED_BYTES = 1 << 20;
const FIELDS = ['id', 'name', 'email', 'price', 'stock', 'active', 'parent', 'colour', 'created', 'weight'];

/** @return array<string, Closure(): array<mixed>> each builds its array anew */
function arrays(): array
{
    return [
        '5 000 strings of 20 bytes' => static fn () => strings(5_000),
        '50 000 strings of 20 bytes' => static fn () => strings(50_000),
        '100 rows of 10, keys built for each' => static fn () => rows(static fn () => builtKeys()),
        '100 rows of 10, keys built once' => static function (): array {
            $keys = builtKeys();

            return rows(static fn () => $keys);
        },
        '100 rows of 10, literal keys' => static fn () => rows(static fn () => FIELDS),
        'list of 10 scalars' => static fn () => scalars(1),
        '10 scalars, literal keys' => static fn () => array_combine(FIELDS, scalars(1)),
        '10 scalars, keys built' => static fn () => array_combine(builtKeys(), scalars(1)),
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
function rows(Closure $keys): array
{
    $rows = [];
    for ($id = 1; $id <= 100; ++$id) {
        $rows[] = array_combine($keys(), scalars($id));
    }

    return $rows;
}

/** @return list<scalar|null> */
function scalars(int $id): array
{
    return [
        $id, "Product $id", "seller$id@example.org", $id * 1.25, $id * 7, $id % 2 === 0, null, "colour $id",
        '2026-11-22 21:42:' . (100 + $id), 0.1 + $id,
    ];
}

/** @param Closure(): array<mixed> $build */
function bytesInPhp(Closure $build): int
{
    $build(); // what only the first call needs
    $array = null;
    $before = memory_get_usage();
    $array = $build();

    return memory_get_usage() - $before;
}

/** @param array<mixed> $array */
function bytesInCache(NitroCache $cache, array $array, int $copies): float
{
    $cache->clear();
    $before = $cache->getStats();
    for ($copy = 0; $copy < $copies; ++$copy) {
        $cache->set("array $copy", $array) ?: giveUp('An array could not be stored.');
    }
    $after = $cache->getStats();
    if ($after['entries'] - $before['entries'] !== $copies || $after['evictions'] !== $before['evictions']) {
        giveUp('Arrays were evicted.');
    }
    $cache->get("array 0") === $array ?: giveUp('An array does not come back.');

    return ($after['usage_bytes'] - $before['usage_bytes']) / $copies;
}

$flags = flagsOf($argv, ['check'], HELP);
$cache = makeTemporaryCache(temporaryCacheName());
printf("%-37s %12s %12s %7s  limit %.1f\n", 'bytes per array', 'PHP', 'NitroCache', 'ratio', LIMIT);
$over = [];
foreach (arrays() as $name => $build) {
    $inPhp = bytesInPhp($build);
    $inCache = bytesInCache($cache, $build(), max(1, min(2_000, intdiv(STORED_BYTES, $inPhp))));
    $ratio = $inCache / $inPhp;
    if ($ratio > LIMIT) {
        $over[] = $name;
    }
    printf("%-37s %12s %12s %7.3f  %s\n", $name, number_format($inPhp, 0, '', ' '),
        number_format($inCache, 0, '', ' '), $ratio, $ratio <= LIMIT ? 'ok' : 'OVER');
}
if ($over !== []) {
    echo 'Over the limit: ', implode('; ', $over), ".\n";
}
exit($flags['check'] && $over !== [] ? 1 : 0);
