<?php
// Stores random values and compares what comes back with what PHP's own serializer makes of them:
// the value, its objects' and references' identity, and how it behaves when it is modified, while
// the cache, what is held and what is read anew must stay what it was. Memory must not grow.
//   random_values.php ITERATIONS SEED
// With TRACE=1 in the environment each iteration is named before it begins.
require_once __DIR__ . '/value_classes.php';
require_once __DIR__ . '/value_generator.php';
require_once __DIR__ . '/value_description.php';
require_once __DIR__ . '/value_modification.php';
require_once __DIR__ . '/value_shrinking.php';

set_error_handler(function (int $level, string $message, string $file, int $line) {
    if ($level & (E_DEPRECATED | E_USER_DEPRECATED)) {
        return true;
    }
    throw new ErrorException($message, 0, $level, $file, $line);
});

$absent = new stdClass;
$counts = ['hits' => 0, 'misses' => 0, 'failed' => 0, 'held' => 0, 'composed' => 0, 'kept' => 0, 'refused' => 0,
    'unreadable' => 0];

/**
 * Is there something that holds itself? For an array in such a ring serialize() writes null; the
 * cache keeps the ring.
 */
function may_hold_itself(mixed $value): bool
{
    ob_start();
    var_dump($value);
    return str_contains(ob_get_clean(), '*RECURSION*') && str_contains(serialize($value), 'N;');
}

function seal(string $serialized): string
{
    return hash('xxh128', $serialized);
}

/** A reference to an object that nobody else has is none, but serialize() writes it as one. */
function without_lone_references(mixed $value): string
{
    return str_replace('R:', 'r:', serialize($value));
}

/**
 * Sets and gets, and modifies what it got. A sentence says what was wrong.
 *
 * @param ?string $seal of what is in the cache then; null if that is not known
 */
function problem_with(mixed $original, string $key, int $modification, ?string &$seal = null): ?string
{
    global $cache, $absent, $counts;
    $seal = null;
    Calls::take();
    $serialized = serialize($original);
    $calls = Calls::take();
    try {
        $copy = unserialize($serialized);
    } catch (Throwable) {
        // PHP cannot read what it wrote: references to what is a reference no more in __unserialize().
        $counts['unreadable']++;
        return null;
    }
    $calls_back = Calls::take();

    if (!$cache->set($key, $original)) {
        $counts['failed']++;
        return null;
    }
    $seen = Calls::take();
    if (in_any_order($seen) !== in_any_order($calls)) {
        return "set() calls methods '$seen', serialize() calls '$calls'";
    }
    if (serialize($original) !== $serialized) {
        return 'set() has changed the value that was to be stored';
    }
    Calls::take();
    $fetched = $cache->get($key, $absent);
    $seen = Calls::take();
    $counts[$fetched === $absent ? 'misses' : 'hits']++;
    if ($fetched === $absent) {
        return $cache->has($key) ? 'get() does not find what has() says is there' : null;
    }
    if ($seen !== $calls_back) {
        return "get() calls methods '$seen', unserialize() calls '$calls_back'";
    }

    [$text_of_copy, $text] = [without_lone_references($copy), without_lone_references($fetched)];
    $difference = difference($text_of_copy, $text) ?? difference(Description::of($copy), Description::of($fetched));
    if ($difference !== null && may_hold_itself($original)) {
        return null;
    }
    if ($difference !== null) {
        return "get() gives another value than unserialize(serialize()): $difference";
    }

    $expected = serialize($fetched);
    $seal = seal($expected);
    $is_unchanged = function (mixed $value) use ($absent, $expected, &$counts): bool {
        $counts[$value === $absent ? 'misses' : 'hits']++;
        return $value === $absent || serialize($value) === $expected;
    };
    $exceptions = Modification::of($copy, $modification);
    $seen = Modification::of($fetched, $modification);
    $difference = difference(implode("\n", $exceptions) . Description::of($copy),
        implode("\n", $seen) . Description::of($fetched));
    if ($difference !== null) {
        return "what was fetched behaves differently when it is modified (seed $modification): $difference";
    }
    $again = $cache->get($key, $absent);
    if (!$is_unchanged($again)) {
        return "the cached value has changed when the fetched one was modified (seed $modification)";
    }
    Modification::of($again, $modification + 1, appends: true);
    if (!$is_unchanged($cache->get($key, $absent))) {
        return "the cached value has changed when the fetched one was modified and appended to (seed $modification)";
    }
    return null;
}

/** Where they begin to differ. */
function difference(string $expected, string $seen): ?string
{
    if ($expected === $seen) {
        return null;
    }
    $common = strspn($expected ^ $seen, "\0");
    $around = fn (string $text) => printable(substr($text, max(0, $common - 60), 140));
    return "'{$around($seen)}' instead of '{$around($expected)}'";
}

function in_any_order(string $list): array
{
    $list = explode(', ', $list);
    sort($list);
    return $list;
}

function printable(string $text): string
{
    $text = addcslashes($text, "\0..\37\177..\377\\");
    return strlen($text) < 3000 ? $text : substr($text, 0, 3000) . '… (' . strlen($text) . ' bytes)';
}

/** A part of a value, any number of levels below it. */
function part_of(mixed $value): mixed
{
    while (is_array($value) && $value !== [] && !chance(3)) {
        $value = $value[random_key($value)];
    }
    return $value;
}

function problem_or_exception(mixed $value, string $key, int $modification, ?string &$seal = null): ?string
{
    try {
        return problem_with($value, $key, $modification, $seal);
    } catch (Throwable $exception) {
        return 'an exception comes out: ' . $exception::class . ': ' . $exception->getMessage() . ' at '
            . basename($exception->getFile()) . ':' . $exception->getLine();
    }
}

/** As small as it becomes in a few seconds, and still with a problem. */
function smallest(mixed $value, int $modification, string &$problem): mixed
{
    $end = hrtime(true) + 8e9;
    do {
        $smaller = false;
        foreach (smaller($value) as $candidate) {
            $of_candidate = problem_or_exception($candidate, 'smaller', $modification);
            if ($of_candidate !== null && !str_contains($of_candidate, 'an exception')
                && Description::is_faithful($candidate)) {
                [$value, $problem, $smaller] = [$candidate, $of_candidate, true];
                break;
            }
            if (hrtime(true) > $end) {
                break 2;
            }
        }
    } while ($smaller && hrtime(true) < $end);
    return $value;
}

function fail(string $problem, ?int $iteration, mixed ...$values): never
{
    global $argv;
    echo "FAILED: seed $argv[2]", $iteration === null ? '' : ", iteration $iteration", ": $problem\n";
    foreach ($values as $what => $value) {
        try {
            echo "$what: \"", printable(serialize($value)), "\"\n";
        } catch (Throwable $exception) {
            echo "$what: ", $exception->getMessage(), "\n";
        }
    }
    exit(1);
}

final class Test
{
    private const KEYS = 1000;
    private const MOST_HELD = 400;

    private array $seals = [];  // of what is in the cache, by key, if it was not evicted
    private array $held = [];   // seals and values

    public function __construct(private readonly NitroCache $cache, private readonly int $seed)
    {
    }

    public function run(int $from, int $to): void
    {
        for ($iteration = $from; $iteration < $to; $iteration++) {
            if (getenv('TRACE')) {
                fwrite(STDERR, "iteration $iteration\n");
            }
            mt_srand(crc32("$this->seed $iteration"));
            $this->step($iteration);
        }
        foreach ($this->held as [$seal, $value]) {
            seal(serialize($value)) === $seal
                || fail('a value that was held has changed', null, it_is_now: $value);
        }
        $this->held = $this->seals = [];
        RandomValues::forget();
        Calls::take();
    }

    /** What other processes have stored with its seal. */
    public function look_at_what_was_kept(): void
    {
        for ($i = 0; $i < 100; $i++) {
            $kept = $this->cache->get("kept $i");
            if ($kept !== null) {
                $GLOBALS['counts']['kept']++;
                seal(without_lone_references($kept[1])) === $kept[0]
                    || fail("what another process has stored under 'kept $i' has changed", null, it_is_now: $kept[1]);
            }
        }
    }

    private function step(int $iteration): void
    {
        $modification = mt_rand();
        $key = 'key ' . mt_rand(0, self::KEYS - 1);
        $value = $this->next_value();
        // From here on chance must not depend on what was evicted.
        $problem = problem_or_exception($value, $key, $modification, $seal);
        if ($problem !== null) {
            fwrite(STDOUT, "iteration $iteration: " . printable($problem) . "\n");
            $value = smallest($value, $modification, $problem);
            fail($problem, $iteration, smallest: $value);
        }
        mt_srand($modification);
        $this->remember($key, $seal);

        $this->cache->set('filler ' . mt_rand(0, 1999), str_repeat('filler ', mt_rand(2000, 5000)));
        if (chance(3)) {
            $this->hold($iteration, $key);
        }
        if (chance(5)) {
            $copy = unserialize(serialize($value));
            if (serialize(unserialize(serialize($copy))) === serialize($copy)) {
                $this->cache->set('kept ' . mt_rand(0, 99), [seal(without_lone_references($copy)), $copy]);
            }
        }
        if (chance(10)) {
            $this->refuse($iteration, $key, $value);
        }
        $this->overwrite_and_delete();
        if ($this->seals !== []) {
            $keys = array_map(fn () => array_rand($this->seals), [1, 2, 3]);
            foreach ($this->cache->getMultiple($keys, $GLOBALS['absent']) as $key => $seen) {
                $this->check($iteration, $key, $seen);
            }
        }
    }

    private function next_value(): mixed
    {
        $how = mt_rand(0, 5);
        if ($how > 1 || $this->held === [] || $this->seals === []) {
            return RandomValues::any();
        }
        $GLOBALS['counts']['composed']++;
        $random = mt_rand();
        if ($how === 0) {
            [, $held] = $this->held[array_rand($this->held)];
            $value = [part_of($held), 'new' => RandomValues::any(), 'all' => $held, 'again' => $held];
        } else {
            $value = $this->cache->get(array_rand($this->seals));
            Modification::of($value, $random, appends: true);
        }
        mt_srand($random);
        return Description::is_faithful($value) && strlen(serialize($value)) < 300000 ? $value : RandomValues::any();
    }

    private function remember(string $key, ?string $seal): void
    {
        if ($seal === null) {
            unset($this->seals[$key]);
        } else {
            $this->seals[$key] = $seal;
        }
    }

    private function check(int $iteration, string $key, mixed $seen): void
    {
        if ($seen !== $GLOBALS['absent'] && seal(serialize($seen)) !== $this->seals[$key]) {
            fail("'$key' has another value than was stored", $iteration, it_is: $seen);
        }
    }

    private function hold(int $iteration, string $key): void
    {
        $value = $this->cache->get($key, $GLOBALS['absent']);
        if (isset($this->seals[$key]) && $value !== $GLOBALS['absent']) {
            $this->check($iteration, $key, $value);
            $GLOBALS['counts']['held']++;
            $this->held[count($this->held) < self::MOST_HELD ? count($this->held) : mt_rand(0, self::MOST_HELD - 1)]
                = [$this->seals[$key], $value];
        }
    }

    /** Something in it cannot be stored: what was there stays. */
    private function refuse(int $iteration, string $key, mixed $value): void
    {
        try {
            $this->cache->set($key, [$value, ['closure' => fn () => 1], $value]);
            fail('a closure was stored', $iteration, beside: $value);
        } catch (Exception) {
            $GLOBALS['counts']['refused']++;
        }
        if (isset($this->seals[$key])) {
            $this->check($iteration, $key, $this->cache->get($key, $GLOBALS['absent']));
        }
    }

    private function overwrite_and_delete(): void
    {
        foreach ([1, 2] as $_) {
            $key = chance(2) && $this->seals !== [] ? array_rand($this->seals) : 'key ' . mt_rand(0, self::KEYS - 1);
            if (chance(3)) {
                $this->cache->delete($key);
                $this->remember($key, null);
            } elseif (chance(2)) {
                $small = RandomValues::scalar();
                $this->remember($key, $this->cache->set($key, $small) ? seal(serialize($small)) : null);
            }
        }
        if (chance(1000)) {
            $this->cache->clear();
        }
    }
}

/** With nothing left of the values. */
function memory_now(): int
{
    while (gc_collect_cycles() > 0) {
    }
    return memory_get_usage();
}

const SLACK = 2048;  // a table of variables or two; much less than an array per iteration

$cache = new NitroCache();
$iterations = (int) $argv[1];
$seed = (int) $argv[2];
$test = new Test($cache, $seed);
$test->look_at_what_was_kept();

// PHP keeps some things that only a first time needs.
$many = array_map(fn () => new stdClass, range(1, 20000));
unset($many);
mt_srand($seed);
foreach (RandomValues::one_of_each() as $i => $value) {
    $problem = Description::is_faithful($value) ? problem_or_exception($value, "first $i", $i) : null;
    $problem === null || fail($problem, null, first: $value);
}
unset($value);
$test->run(-30, 0);

memory_now();
$test->run(0, intdiv($iterations, 2));
$half = memory_now();
$test->run(intdiv($iterations, 2), $iterations);
$end = memory_now();
if ($end - $half > SLACK) {
    // Something that is kept from its first use on? Then it is not there again.
    $test->run($iterations, $iterations + intdiv($iterations, 2));
    $later = memory_now();
    $later - $end <= SLACK || fail("memory grows: $half bytes after half of $iterations iterations, $end after"
        . " all of them, $later after half as many again", null);
}

$stats = $cache->getStats();
echo "ok: seed $seed, $iterations iterations: ";
foreach ($counts as $what => $count) {
    echo "$count $what, ";
}
echo "{$stats['evictions']} evictions, memory grew by ", $end - $half, " bytes\n";
$counts['hits'] > 10 * $counts['misses'] + $iterations || fail('too little was in the cache to say anything', null);
