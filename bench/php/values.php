<?php
// Time of get and set for arrays, objects and long strings: NitroCache beside APCu with each of its
// serializers. Which one APCu uses is fixed when PHP starts, so every store is a process of its own
// that measures when it is told to; they do so in turn. Needs no extension in the first process:
//   php -n bench/php/values.php [--quick] [--check]

declare(strict_types=1);

require __DIR__ . '/support/command_line.php';
require __DIR__ . '/support/configuration.php';
require __DIR__ . '/support/measuring.php';

const HELP = <<<'TEXT'
    Usage: php -n bench/php/values.php [--quick] [--check]

    Prints nanoseconds per operation, medians of some rounds; the empty loop is subtracted. The ratio
    is NitroCache's time to that of the fastest APCu, which is named.

      --quick   fewer and shorter rounds: seconds instead of most of a minute
      --check   exit code 1 if a figure is over its limit

    Environment: NITRO_SO and APCU name other extensions than out/nitro.so and the packaged one.
    NITRO_SETTINGS names settings for NitroCache's process: "nitro.in_place=0 nitro.protect_memory=1".

    TEXT;

const MEMORY = '256M';
const NITRO = 'NitroCache';
const SERIALIZERS = ['php', 'igbinary', 'default'];

const FEW_STRINGS = '5 000 strings';
const MANY_STRINGS = '50 000 strings';
const GET = 'get';
const SET = 'set';
const SET_IN_TURN = 'set, 16 keys';
const OPERATIONS = [GET, SET, SET_IN_TURN];

// A get costs at most so much of what the fastest APCu's does; a set of either kind, SET_LIMIT.
const GET_LIMITS = [
    FEW_STRINGS => 0.002,
    '1 MB string' => 0.001,
    '10 scalars' => 0.35,
    '100 rows of 10' => 0.02,
    'object of 3' => 0.4,
    '100 objects of 3' => 0.3,
];
const SET_LIMIT = 1.0;
// A get of many strings costs at most so many gets of few.
const MANY_TO_FEW_LIMIT = 1.5;

final class Product
{
    public function __construct(
        public readonly int $id,
        protected string $name,
        private float $price,
    ) {
    }
}

/** @return array<string, Closure(): mixed> each builds its value anew, nothing in it is a literal */
function values(): array
{
    return [
        FEW_STRINGS => static fn () => strings(5_000),
        MANY_STRINGS => static fn () => strings(50_000),
        '1 MB string' => static fn () => str_repeat('v', 1 << 20),
        '10 scalars' => static fn () => row(1),
        '100 rows of 10' => static fn () => array_map(row(...), range(1, 100)),
        'object of 3' => static fn () => product(1),
        '100 objects of 3' => static fn () => array_map(product(...), range(1, 100)),
        '5 000 options' => static fn () => configuration(),
        'DateTimeImmutable' => static fn () => new DateTimeImmutable('2026-11-22 21:42:03.5 Europe/Berlin'),
    ];
}

/** @return list<string> */
function strings(int $count): array
{
    return array_map(static fn (int $number) => 'string number ' . (1_000_000 + $number), range(1, $count));
}

/** @return array<string, scalar|null> */
function row(int $id): array
{
    return [
        'id' => $id,
        'name' => "Product $id",
        'email' => "seller$id@example.org",
        'price' => $id * 1.25,
        'stock' => $id * 7 % 100,
        'active' => $id % 2 === 0,
        'parent' => null,
        'colour' => ['red', 'green', 'blue'][$id % 3],
        'created' => date('Y-m-d H:i:s', 1_700_000_000 + $id),
        'weight' => 0.1 + $id,
    ];
}

function product(int $id): Product
{
    return new Product($id, "Product $id", $id * 1.25);
}

// --- the processes that measure

/** One store in a process of its own. Gets "VALUE, tab, OPERATION, tab, TIMES", answers nanoseconds. */
final class Worker
{
    private const EMPTY_LOOPS = 1_000_000;

    private mixed $value = null;
    private string $which = '';
    private readonly float $emptyLoop;

    private function __construct(private readonly ?NitroCache $cache)
    {
        $times = [];
        for ($try = 0; $try < 5; ++$try) {
            $start = hrtime(true);
            for ($i = 0; $i < self::EMPTY_LOOPS; ++$i) {
                $found = $i;
                unset($found);
            }
            $times[] = (hrtime(true) - $start) / self::EMPTY_LOOPS;
        }
        $this->emptyLoop = min($times);
    }

    public static function serve(string $store): void
    {
        $worker = new self($store === NITRO ? new NitroCache() : null);
        while (($order = fgets(STDIN)) !== false) {
            [$which, $operation, $times] = explode("\t", rtrim($order));
            $worker->prepare($which);
            $worker->run($operation, (int) ceil((int) $times / 20));
            printf("%.3f\n", $worker->run($operation, (int) $times));
        }
    }

    private function prepare(string $which): void
    {
        if ($which === $this->which) {
            return;
        }
        $this->cache === null ? apcu_clear_cache() : $this->cache->clear();
        $this->which = $which;
        $this->value = values()[$which]();
        $this->run(SET, 1);
        $this->put('read', $this->value);
        foreach (['read', 'written 0'] as $key) {
            $found = $this->cache === null ? apcu_fetch($key) : $this->cache->get($key);
            serialize($found) === serialize($this->value) ?: giveUp("$which does not come back.");
        }
    }

    private function put(string $key, mixed $value): void
    {
        $stored = $this->cache === null ? apcu_store($key, $value) : $this->cache->set($key, $value);
        $stored ?: giveUp("$this->which could not be stored.");
    }

    /** Nanoseconds per operation. */
    private function run(string $operation, int $times): float
    {
        $start = hrtime(true);
        if ($operation === GET) {
            $this->read($times);
        } else {
            $this->write($times, $operation === SET ? 1 : 16);
        }

        return max(0.0, (hrtime(true) - $start) / $times - $this->emptyLoop);
    }

    private function read(int $times): void
    {
        $cache = $this->cache;
        if ($cache !== null) {
            for ($i = 0; $i < $times; ++$i) {
                $found = $cache->get('read');
                unset($found);
            }
        } else {
            for ($i = 0; $i < $times; ++$i) {
                $found = apcu_fetch('read');
                unset($found);
            }
        }
    }

    private function write(int $times, int $keyCount): void
    {
        $cache = $this->cache;
        $value = $this->value;
        $isString = is_string($value);
        $keys = array_map(static fn (int $number) => "written $number", range(0, $keyCount - 1));
        for ($i = 0; $i < $times; ++$i) {
            if ($isString) {
                $value[0] = 'v'; // makes PHP forget the hash
            }
            if ($cache !== null) {
                $cache->set($keys[$i % $keyCount], $value);
            } else {
                apcu_store($keys[$i % $keyCount], $value);
            }
        }
    }
}

/** The first process's end of a worker. */
final class Store
{
    /** @param array{resource, resource} $pipes */
    private function __construct(private readonly string $name, private readonly array $pipes)
    {
    }

    /** @param list<string> $settings */
    public static function start(string $name, array $settings): self
    {
        $options = ['zend_extension=opcache', 'opcache.enable_cli=1', 'opcache.jit=disable', 'memory_limit=512M',
            ...$settings];
        $command = [PHP_BINARY, '-n'];
        foreach ($options as $option) {
            array_push($command, '-d', $option);
        }
        $process = proc_open([...$command, __FILE__, 'worker', $name], [['pipe', 'r'], ['pipe', 'w'], STDERR], $pipes);
        register_shutdown_function(static function () use ($process, $pipes): void {
            array_map(fclose(...), $pipes);
            proc_close($process);
        });

        return new self($name, $pipes);
    }

    /** Nanoseconds per operation. */
    public function measure(string $value, string $operation, int $times): float
    {
        fwrite($this->pipes[0], "$value\t$operation\t$times\n");
        $answer = fgets($this->pipes[1]);
        is_numeric(trim((string) $answer)) ?: giveUp("$this->name fails at $operation of $value: $answer");

        return (float) $answer;
    }

    /** How many operations take that long. */
    public function operationsIn(float $seconds, string $value, string $operation): int
    {
        for ($times = 1;; $times *= 4) {
            $start = hrtime(true);
            $each = $this->measure($value, $operation, $times);
            if ($each * $times >= $seconds * 1e9 / 8 || hrtime(true) - $start >= $seconds * 1e9) {
                return max(1, (int) ceil($seconds * 1e9 / max($each, 1.0)));
            }
        }
    }
}

// --- the first process

/** @return array<string, Store> */
function startStores(): array
{
    $nitro = getenv('NITRO_SO') ?: __DIR__ . '/../../out/nitro.so';
    is_file($nitro) ?: giveUp("$nitro is not there; scripts/build makes it.");
    $name = 'bench-values-' . getmypid();
    register_shutdown_function(static function () use ($name): void {
        // Where shared memory is no file, it stays until nitroctl destroys it.
        array_map(unlink(...), glob("/dev/shm/nitro.*.$name.*"));
    });
    $further = preg_split('/\s+/', getenv('NITRO_SETTINGS') ?: '', -1, PREG_SPLIT_NO_EMPTY);
    $stores = [NITRO => Store::start(NITRO, ["extension=$nitro", 'nitro.janitor=off', 'nitro.memory=' . MEMORY,
        "nitro.name=$name", ...$further])];

    $folder = ini_get('extension_dir');
    $apcu = getenv('APCU') ?: "$folder/apcu.so";
    foreach (SERIALIZERS as $serializer) {
        if (!is_file($apcu) || ($serializer === 'igbinary' && !is_file("$folder/igbinary.so"))) {
            echo "APCu with serializer $serializer is not there.\n";
            continue;
        }
        $stores[$serializer] = Store::start("APCu ($serializer)", [
            ...($serializer === 'igbinary' ? ['extension=igbinary'] : []),
            "extension=$apcu", 'apc.enable_cli=1', 'apc.shm_size=' . MEMORY, "apc.serializer=$serializer",
        ]);
    }

    return $stores;
}

/**
 * @param array<string, Store> $stores
 *
 * @return array<string, float> medians by store
 */
function measureInTurn(array $stores, string $value, string $operation, int $rounds, float $seconds): array
{
    $times = array_map(static fn (Store $store) => $store->operationsIn($seconds, $value, $operation), $stores);
    $measured = [];
    for ($round = 0; $round < $rounds; ++$round) {
        foreach ($stores as $name => $store) {
            $measured[$name][] = $store->measure($value, $operation, $times[$name]);
        }
    }

    return array_map(median(...), $measured);
}

function limitOf(string $value, string $operation): ?float
{
    return $operation === GET ? GET_LIMITS[$value] ?? null : SET_LIMIT;
}

function printRow(string ...$cells): void
{
    $widths = [19, 14, 12, 12, 10, 11, 13, 0];
    foreach ($cells as $column => $cell) {
        $width = $widths[$column];
        $characters = (int) preg_match_all('/[^\x80-\xbf]/', $cell);
        $padding = str_repeat(' ', max(0, $width - $characters));
        echo $column < 2 || $column > 3 && $column !== 5 ? " $cell$padding" : " $padding$cell";
    }
    echo "\n";
}

if (($argv[1] ?? '') === 'worker') {
    Worker::serve($argv[2]);
    exit(0);
}
$flags = flagsOf($argv, ['quick', 'check'], HELP);
[$rounds, $seconds] = $flags['quick'] ? [3, 0.006] : [9, 0.021];
if (function_exists('pcntl_async_signals')) {
    pcntl_async_signals(true);
    pcntl_signal(SIGINT, static fn () => exit(130));
}

$stores = startStores();
if ($flags['check'] && count($stores) === 1) {
    giveUp('--check needs APCu: the limits are ratios to it.');
}
printf("PHP %s %s, opcache on, JIT off; each store has %s. Medians of %d rounds of %d ms, in turn\n\n",
    PHP_VERSION, PHP_ZTS ? 'ZTS' : 'NTS', MEMORY, $rounds, $seconds * 1000);
printRow('value', 'operation', 'NitroCache', 'best APCu', '', 'ratio', 'limit', '');

$over = [];
$medians = [];
$judge = static function (string $what, float $figure, float $limit) use (&$over): string {
    if ($figure <= $limit) {
        return 'ok';
    }
    $over[] = $what;

    return 'OVER';
};
foreach (array_keys(values()) as $value) {
    foreach (OPERATIONS as $operation) {
        $times = measureInTurn($stores, $value, $operation, $rounds, $seconds);
        $medians[$value][$operation] = $nitro = $times[NITRO];
        unset($times[NITRO]);
        $best = $times === [] ? null : min($times);
        $ratio = $best === null ? null : $nitro / $best;
        $limit = limitOf($value, $operation);
        printRow(
            $value,
            $operation,
            sprintf('%.0f ns', $nitro),
            $best === null ? '–' : sprintf('%.0f ns', $best),
            $best === null ? '' : '(' . array_search($best, $times, true) . ')',
            $ratio === null ? '–' : sprintf('%.5f', $ratio),
            $limit === null ? '' : "≤ $limit",
            $ratio === null || $limit === null ? '' : $judge("$operation of $value", $ratio, $limit),
        );
    }
}
$manyToFew = $medians[MANY_STRINGS][GET] / $medians[FEW_STRINGS][GET];
printf("\nget of %s: %.2f times that of %s, limit %.1f: %s\n", MANY_STRINGS, $manyToFew, FEW_STRINGS,
    MANY_TO_FEW_LIMIT, $judge('many strings to few', $manyToFew, MANY_TO_FEW_LIMIT));

if ($over !== []) {
    echo 'Over the limit: ', implode('; ', $over), ".\n";
}
exit($flags['check'] && $over !== [] ? 1 : 0);
