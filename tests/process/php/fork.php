<?php
// Forks in the middle of use. This process itself does not use the cache; what it starts does.
require __DIR__ . '/checks.php';
require __DIR__ . '/children.php';
require __DIR__ . '/probes.php';

function run_php(string $file, string ...$arguments): void
{
    $command = array_map(escapeshellarg(...), [PHP_BINARY, '-n', '-d', 'extension=' . getenv('NITRO_SO'),
        '-d', 'nitro.janitor=off', '-d', 'nitro.name=' . ini_get('nitro.name'),
        __DIR__ . "/$file", ...$arguments]);
    exec('timeout 30 ' . implode(' ', $command) . ' 2>&1', $output, $code);
    if ($code !== 0) {
        check("$file ends well", false, output: implode("\n", $output));
    }
}

/** Everything is overwritten, and the janitor has looked after the dead. */
function let_time_pass(): void
{
    run_php('overwrite.php', '2');
    usleep(1500000);
    run_php('overwrite.php', '2');
}

/** Stores long strings and gets them: values that lie in the cache. */
function hold_strings(NitroCache $cache, string $whose, int $count = 8): array
{
    $held = [];
    for ($i = 0; $i < $count; $i++) {
        $text = "$whose $i " . str_repeat(chr(ord('a') + $i % 26), 100000 + 10000 * $i);
        $cache->set("$whose $i", $text) || check('a string is stored', false);
        $held[hash('xxh128', $text)] = $cache->get("$whose $i");
    }
    return $held;
}

function are_unchanged(array $held): bool
{
    foreach ($held as $hash => $string) {
        if (!is_string($string) || hash('xxh128', $string) !== $hash) {
            return false;
        }
    }
    return $held !== [];
}

// --- both go on, and keep what they hold

$parent = Child::start(function (Child $driver) {
    $cache = new NitroCache();
    $held = hold_strings($cache, 'before the fork');
    $pins = $cache->getStats()['pins'];
    check('long strings are held in place', $pins >= count($held), pins: $pins);
    $child = Child::start(function (Child $parent) use ($cache, $held) {
        $held += hold_strings($cache, 'of the child');
        check('the child goes on', works($cache, 'child'));
        check('what it holds is unchanged', are_unchanged($held));
        $parent->say('done');
        $parent->hear('the other process has overwritten everything');
        check('what the child holds is unchanged after that', are_unchanged($held));
        $parent->say('done');
        $parent->hear('the parent ends');
        while (posix_parent() === $parent->pid) {
            usleep(1000);
        }
        let_time_pass();
        check('and after the parent has ended', are_unchanged($held));
        check('one row is left', living_rows() === 1, rows: living_rows());
        check('the child still goes on', works($cache, 'child'));

        // Forks that hand on the child's row must not cost it that row.
        Child::start(fn () => null)->join();
        Child::start(fn () => check('a grandchild goes on', works($cache, 'grandchild')))->join();
        exec('true');
        proc_close(proc_open(['true'], [], $none));
        check('one row is still there after the child has forked', living_rows() === 1,
            rows: living_rows());
        let_time_pass();
        check('what the child holds is unchanged after its own forks', are_unchanged($held));
        file_put_contents($GLOBALS['argv'][1], 'done');
    });
    $held += hold_strings($cache, 'of the parent');
    check('the parent goes on', works($cache, 'parent'));
    $child->hear();
    check('parent and child have a row each', living_rows() === 2, rows: living_rows());
    let_time_pass();
    check('what the parent holds is unchanged', are_unchanged($held));
    $child->say('the other process has overwritten everything');
    $child->hear();
    $child->say('the parent ends');
});
$parent->join();
for ($end = microtime(true) + LONGEST_SILENCE; !is_file($argv[1]); usleep(10000)) {
    microtime(true) < $end || check('the child comes to its end', false);
}
usleep(100000);
check('no row is left', living_rows() === 0, rows: living_rows());

// --- many generations, all alive

const GENERATIONS = 20;

function generation(int $number, NitroCache $cache, array $held): void
{
    $held += hold_strings($cache, "generation $number", 1);
    if ($number === GENERATIONS) {
        check('every generation has a row', living_rows() === GENERATIONS, rows: living_rows());
        let_time_pass();
    } else {
        Child::start(fn () => generation($number + 1, $cache, $held))->join();
    }
    are_unchanged($held) || check("generation $number keeps what it holds", false);
    works($cache, "generation $number") || check("generation $number goes on", false);
}
Child::start(fn () => generation(1, new NitroCache(), []))->join();
check(GENERATIONS . ' generations keep what they hold and go on', true);
check('all rows are given back', living_rows() === 0, rows: living_rows());

// --- many generations, each of which ends when the next one is there

function descend(int $number, Child $driver, NitroCache $cache, array $held): void
{
    if ($number < 3 * GENERATIONS) {
        if (pcntl_fork() === 0) {
            descend($number + 1, $driver, $cache, $held);
        }
        exit(0);
    }
    let_time_pass();
    check('after ' . 3 * GENERATIONS . ' generations the last one holds what the first one got',
        are_unchanged($held));
    check('it goes on', works($cache, 'last'));
    check('it alone has a row', living_rows() === 1, rows: living_rows());
    $driver->say('done');
    exit(0);
}
$first = Child::start(function (Child $driver) {
    $cache = new NitroCache();
    descend(1, $driver, $cache, hold_strings($cache, 'of the first'));
});
$first->join();
$first->hear();
usleep(100000);
check('no row is left', living_rows() === 0, rows: living_rows());

// --- many children at once

Child::start(function () {
    $cache = new NitroCache();
    // While a child waits for a processor, others go round the memory more than once. Nothing is
    // evicted meanwhile as long as most of it is garbage.
    $cache->clear();
    $held = hold_strings($cache, 'of all');
    for ($i = 0; $i < 20; $i++) {
        $children[] = Child::start(function () use ($cache, $held, $i) {
            for ($n = 0; $n < 500; $n++) {
                $cache->increment('of all children');
            }
            works($cache, "child $i") || check("child $i goes on", false);
            are_unchanged($held) || check("child $i keeps what it holds", false);
        });
    }
    foreach ($children as $child) {
        $child->join();
    }
    check('20 children count to 10 000', $cache->get('of all children') === 10000,
        counted: $cache->get('of all children'));
    check('their parent alone has a row', living_rows() === 1, rows: living_rows());
})->join();

// --- a process that becomes another program

$other = Child::start(function (Child $driver) {
    $cache = new NitroCache();
    $held = hold_strings($cache, 'of a process to be');
    $driver->say('done');
    $driver->hear('go on');
    pcntl_exec('/bin/sleep', ['20']);
});
$other->hear();
check('a process has a row', living_rows() === 1, rows: living_rows());
$other->say('go on');
for ($end = microtime(true) + 5; living_rows() === 1 && microtime(true) < $end; usleep(10000)) {
}
check('and gives it up when it becomes another program', living_rows() === 0, rows: living_rows());
$other->kill();

// --- a parent that is killed while its child lives

for ($round = 1; $round <= 30; $round++) {
    $parent = Child::start(function (Child $driver) use ($round) {
        $cache = new NitroCache();
        $held = $round % 2 === 0 ? hold_strings($cache, 'of a parent', 2) : [];
        $child = Child::start(function () use ($driver, $cache, $held) {
            $driver->hear('the parent is dead');
            $start = hrtime(true);
            works($cache, 'orphan') || check('an orphan goes on', false);
            $milliseconds = (hrtime(true) - $start) / 1e6;
            $milliseconds < 2000 || check('an orphan does not wait', false, took: $milliseconds);
            $held === [] || are_unchanged($held) || check('an orphan keeps what it holds', false);
            living_rows() === 1 || check('a dead parent has no row', false, rows: living_rows());
            $driver->say('done');
        });
        $driver->say('done');
        while (true) {
            $cache->set('key ' . mt_rand(0, 999), str_repeat('.', mt_rand(0, 5000)));
        }
    });
    $parent->hear();
    usleep(mt_rand(0, 20000));
    $parent->kill();
    $parent->say('the parent is dead');
    $parent->hear();
}
check('30 times a child goes on after its parent was killed in the middle of use', true);
usleep(100000);
check('no row is left', living_rows() === 0, rows: living_rows());
verify_quietly();
check('verify finds nothing', true);
