<?php
// More processes than the table of processes has rows. This process itself does not use the cache; what it
// starts does.
require __DIR__ . '/checks.php';
require __DIR__ . '/children.php';
require __DIR__ . '/probes.php';
require __DIR__ . '/sealed.php';
require __DIR__ . '/stopping.php';

const GUESTS = 16;
const GUEST_ROWS = 8;
const SHARED = 20;
const ROUNDS = 20;
const ASKS_FOR_ROW_AFTER = 1_100_000;  // microseconds, and a little

function shared_key(int $i): string
{
    return "shared $i";
}

/** Uses the cache for so many rounds. A refused call is a miss or false; everything else has to be right. */
function use_cache(NitroCache $cache, int $number, int $rounds): array
{
    $calls = $refused = 0;
    $wrong = [];
    $get = function (string $key, callable $is_right) use ($cache, &$calls, &$refused, &$wrong) {
        $value = $cache->get($key);
        ++$calls;
        $refused += $value === null ? 1 : 0;
        $value === null || $is_right($value) || $wrong[] = $key;
    };
    $succeeds = function (bool $result) use (&$calls, &$refused) {
        ++$calls;
        $refused += $result ? 0 : 1;

        return $result;
    };
    for ($round = 0; $round < $rounds; ++$round) {
        for ($i = 0; $i < SHARED; ++$i) {
            $get(shared_key($i), fn ($value) => is_sealed(shared_key($i), $value));
        }
        $key = "of $number in $round";
        $mine = sealed($key, $round * 100);
        if ($succeeds($cache->set($key, $mine))) {
            $get($key, fn ($value) => $value == $mine);
            $succeeds($cache->delete($key));
        }
        $succeeds($cache->has(shared_key(0)));
    }

    return compact('calls', 'refused', 'wrong');
}

/** Is in the middle of a call again and again, until something is said. */
function read_on(NitroCache $cache, Child $driver): array
{
    for ($wrong = []; !$driver->is_heard();) {
        for ($i = 0; $i < 50; ++$i) {
            $value = $cache->get('longest');
        }
        // Not each time: it takes many times as long as a call does.
        $value === null || is_sealed('longest', $value) || $wrong[] = 'longest';
    }
    $driver->hear('enough');

    return compact('wrong');
}

/** A process that does what it is told. */
function start_child(int $number): Child
{
    return Child::start(function (Child $driver) use ($number) {
        $cache = new NitroCache();
        $driver->say('here');
        while (!in_array($line = $driver->listen(), ['leave', ''], true)) {
            $driver->say(json_encode(match ($line) {
                'use' => use_cache($cache, $number, ROUNDS),
                'read on' => read_on($cache, $driver),
            }));
        }
    });
}

/** @param array<Child> $children that start one after the other */
function start_children(int $first, int $count): array
{
    $children = [];
    for ($number = $first; $number < $first + $count; ++$number) {
        $children[] = $child = start_child($number);
        $child->hear('here');
    }

    return $children;
}

function report_of(Child $child): array
{
    $line = $child->listen();
    $report = json_decode($line, true);
    is_array($report) || check("process $child->pid reports", false, said: $line);
    $report['wrong'] === [] || check('what it reads is right', false, wrong: $report['wrong']);

    return $report;
}

/** All of them at once. @return array{calls: int, refused: int} of all. */
function let_use(array $children): array
{
    foreach ($children as $child) {
        $child->say('use');
    }
    $reports = array_map(report_of(...), $children);

    return ['calls' => array_sum(array_column($reports, 'calls')), 'refused' => array_sum(array_column($reports, 'refused'))];
}

function stats(): array
{
    return json_decode(nitroctl('stats --json')[1], true) ?? [];
}

/** How much the counters of guests have grown since. */
function guests_since(array $before): array
{
    $now = stats();

    return ['guest_calls' => $now['guest_calls'] - $before['guest_calls'], 'refused_calls' => $now['refused_calls'] - $before['refused_calls']];
}

/** Stops a process in the middle of a call: while it has a guest's row. */
function stop_in_call(Child $child): void
{
    $rows = living_rows();
    $child->say('read on');
    register_shutdown_function(resume(...), $child->pid);
    // The kernel likes to stop it at the end of a system call, when it has no row any more, or none yet.
    for ($end = hrtime(true) + 20e9; hrtime(true) < $end;) {
        usleep(mt_rand(500, 5000));
        stop($child->pid);
        if (living_rows() > $rows) {
            return;
        }
        resume($child->pid);
    }
    check('a guest can be stopped while it has a row', false, rows: $rows);
}

// --- a table without a free row

Child::start(function () {
    $cache = new NitroCache();
    for ($i = 0; $i < SHARED; ++$i) {
        $cache->set(shared_key($i), sealed(shared_key($i), $i * 1000)) || check('a value is stored', false);
    }
    $cache->set('longest', sealed('longest', 500_000)) || check('a long value is stored', false);
    for ($end = hrtime(true) + 10e9; $cache->getStats()['janitor_pid'] === 0; usleep(10_000)) {
        hrtime(true) < $end || check('a janitor comes', false);
    }
})->join();
$rows = stats()['rows'] - GUEST_ROWS - 1;  // one is the janitor's
$members = start_children(0, $rows);
check("$rows processes have a row each", living_rows() === $rows, rows: living_rows());
check('and none was a guest', guests_since(['guest_calls' => 0, 'refused_calls' => 0]) === ['guest_calls' => 0, 'refused_calls' => 0]);

$guests = start_children($rows, GUESTS);
check(GUESTS . ' more find the table full', living_rows() === $rows, rows: living_rows());
$before = stats();
$calls = 0;
foreach ($guests as $guest) {
    ['calls' => $done, 'refused' => $refused] = let_use([$guest]);
    $refused === 0 || check('one guest at a time is never refused', false, refused: $refused);
    $calls += $done;
}
check("one after the other they are guests in $calls calls, and all that they read is right",
    guests_since($before) === ['guest_calls' => $calls, 'refused_calls' => 0], seen: guests_since($before));

$before = stats();
['calls' => $calls, 'refused' => $refused] = let_use($guests);
check("all at once they do $calls calls, of which $refused are refused; getStats() knows of each",
    guests_since($before) === ['guest_calls' => $calls - $refused, 'refused_calls' => $refused], seen: guests_since($before));

// --- no guest's row either

[$stopped, $others] = array_chunk($guests, GUEST_ROWS);
foreach ($stopped as $guest) {
    stop_in_call($guest);
}
check('all rows of guests belong to processes that are stopped', living_rows() === $rows + GUEST_ROWS, rows: living_rows());
$before = stats();
['calls' => $calls, 'refused' => $refused] = let_use($others);
check("the other guests' $calls calls are refused",
    $refused === $calls && guests_since($before) === ['guest_calls' => 0, 'refused_calls' => $calls], seen: guests_since($before));
check('who has a row does not notice', let_use([$members[0], end($members)])['refused'] === 0);
check('nitroctl neither', nitroctl('stats')[0] === 0);
foreach ($stopped as $guest) {
    resume($guest->pid);
    $guest->say('enough');
    report_of($guest);
}
check('when they go on, so do the others', let_use($others)['calls'] > 0 && living_rows() === $rows, rows: living_rows());

// --- others leave

foreach ($members as $i => $member) {
    $i % 2 === 0 ? $member->kill() : $member->say('leave');
}
foreach ($members as $i => $member) {
    $i % 2 === 0 || $member->join();
}
usleep(ASKS_FOR_ROW_AFTER);
let_use($guests);
$before = stats();
check('when others have left or were killed, nobody is refused', let_use($guests)['refused'] === 0);
check('nor a guest', guests_since($before) === ['guest_calls' => 0, 'refused_calls' => 0]);
check('all guests have rows', living_rows() === GUESTS, rows: living_rows());
foreach ($guests as $guest) {
    $guest->say('leave');
    $guest->join();
}
check('no row is left', living_rows() === 0, rows: living_rows());
