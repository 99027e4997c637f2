<?php
// Time per operation of NitroCache, APCu and a plain PHP array: the same data, in one run, in turn.
// scripts/compare runs this with the right extensions and settings.

declare(strict_types=1);

require __DIR__ . '/support/command_line.php';
require __DIR__ . '/support/environment.php';
require __DIR__ . '/support/measuring.php';
require __DIR__ . '/support/stores.php';

const HELP = <<<'TEXT'
    Usage: scripts/compare [--quick] [--check]

    Prints nanoseconds per operation: the median of some rounds and, in brackets, the best one; the
    empty loop is subtracted. The ratio is NitroCache's median to APCu's.

      --quick   fewer and shorter rounds: seconds instead of half a minute
      --check   exit code 1 if a ratio is over its limit

    TEXT;

const MANY_KEYS = 100_000;
const RANDOM = 'get, 100 000 keys';
const STRINGS = ['32 bytes' => 32, '1 KB' => 1024, '100 KB' => 100 * 1024];

const LOOP = 'the loop itself';
const ARRAY_NAME = 'PHP array';
const NITRO = 'NitroCache';
const APCU = 'APCu';

// A NitroCache call of this kind costs at most so much of what APCu's does.
const LIMITS = [
    'get of an int' => 0.35,
    'get of 32 bytes' => 0.35,
    'get of 100 KB' => 0.05,
    RANDOM => 0.4,
    'set of 32 bytes' => 0.6,
];

/**
 * The operations that are compared.
 *
 * @return array<string, Closure(Store, int): void> run one so many times
 */
function operations(): array
{
    $operations = ['get of an int' => static fn (Store $store, int $times) => $store->read('int', $times)];
    foreach (STRINGS as $what => $length) {
        $operations["get of $what"] = static fn (Store $store, int $times) => $store->read($what, $times);
    }
    $draws = randomKeys();
    $operations[RANDOM] = static fn (Store $store, int $times) => $store->readEach($draws, $times);
    $operations['get, a miss'] = static fn (Store $store, int $times) => $store->read('absent', $times);
    $operations['set of an int'] = static fn (Store $store, int $times) => $store->writeIntegers('int', $times);
    foreach (STRINGS as $what => $length) {
        $value = str_repeat('s', $length);
        $operations["set of $what"] = static fn (Store $store, int $times) => $store->writeStrings($what, $value, $times);
    }
    $operations['increment'] = static fn (Store $store, int $times) => $store->increment('counter', $times);

    return $operations;
}

/**
 * As many draws as there are keys, each key equally likely. Every draw is a string of its own that
 * knows its hash, and they lie one behind the other: like keys that have just been made, they are
 * in the processor's cache when they are used, and only what the store itself does is measured.
 *
 * @return list<string>
 */
function randomKeys(): array
{
    mt_srand(1);
    $keys = [];
    for ($draw = 0; $draw < MANY_KEYS; ++$draw) {
        $keys[] = $key = 'key:' . mt_rand(0, MANY_KEYS - 1);
        isset($keys[$key]); // makes PHP compute the hash
    }

    return $keys;
}

/** @param array<string, Store> $stores */
function fill(array $stores): void
{
    foreach ($stores as $store) {
        for ($number = 0; $number < MANY_KEYS; ++$number) {
            $store->put("key:$number", md5((string) $number));
        }
        foreach (STRINGS as $what => $length) {
            $store->put($what, str_repeat('s', $length));
        }
        $store->put('int', 42);
        $store->put('counter', 0);
    }
}

/** What any method costs: one of PHP's own that does nothing but return a number. */
function printEmptyCall(Effort $effort): void
{
    $object = new SplFixedArray();
    $times = timeInTurn([
        LOOP => static fn (int $times) => (new NoStore())->read('', $times),
        'call' => static function (int $times) use ($object): void {
            for ($i = 0; $i < $times; ++$i) {
                $found = $object->getSize();
            }
        },
    ], $effort);
    printf("An empty method call: %s ns\n\n", cell($times['call']->without($times[LOOP])));
}

/** "25.1 (24.8)": median and minimum. */
function cell(?Times $times): string
{
    if ($times === null) {
        return '–';
    }
    $digits = $times->median() < 1000 ? 1 : 0;

    return number_format($times->median(), $digits, '.', '') . ' ('
        . number_format($times->minimum(), $digits, '.', '') . ')';
}

/** @param list<string> $cells */
function printRow(array $cells): void
{
    foreach ($cells as $column => $cell) {
        $padding = str_repeat(' ', max(0, ($column === 0 ? 20 : 19) - mb_width($cell)));
        echo $column === 0 ? $cell . $padding : $padding . $cell;
    }
    echo "\n";
}

// Without mbstring, which `php -n` may lack: bytes that begin a character.
function mb_width(string $text): int
{
    return (int) preg_match_all('/[^\x80-\xbf]/', $text);
}

$flags = flagsOf($argv, ['quick', 'check'], HELP);
$effort = $flags['quick'] ? Effort::quick() : Effort::thorough();
if ($flags['check'] && !hasApcu()) {
    giveUp('--check needs APCu: the limits are ratios to it.');
}

$stores = [
    LOOP => new NoStore(),
    ARRAY_NAME => new ArrayStore(),
    NITRO => new NitroStore(makeTemporaryCache(temporaryCacheName())),
];
if (hasApcu()) {
    $stores[APCU] = new ApcuStore();
}

printEnvironment();
fill($stores);
printEmptyCall($effort);
printRow(['ns per operation', ARRAY_NAME, NITRO, APCU, 'ratio to APCu', 'limit']);

$over = [];
foreach (operations() as $name => $operation) {
    $loops = array_map(
        static fn (Store $store) => static fn (int $times) => $operation($store, $times),
        $stores,
    );
    $batch = $name === RANDOM ? MANY_KEYS : 100;
    $times = timeInTurn($loops, $effort, $batch);
    $times = array_map(static fn (Times $each) => $each->without($times[LOOP]), $times);

    $ratio = isset($times[APCU]) ? $times[NITRO]->median() / $times[APCU]->median() : null;
    $limit = LIMITS[$name] ?? null;
    $verdict = '';
    if ($limit !== null) {
        $verdict = "≤ $limit";
        if ($ratio !== null) {
            $verdict .= $ratio <= $limit ? ' pass' : ' OVER';
            if ($ratio > $limit) {
                $over[] = $name;
            }
        }
    }
    printRow([
        $name,
        cell($times[ARRAY_NAME]),
        cell($times[NITRO]),
        cell($times[APCU] ?? null),
        $ratio === null ? '–' : number_format($ratio, 3),
        $verdict,
    ]);
}

if ($over !== []) {
    echo "\nOver the limit: ", implode('; ', $over), ".\n";
}
exit($flags['check'] && $over !== [] ? 1 : 0);
