<?php
// Stops two processes for long, one that holds values and one that holds a lock, and fills the cache again
// and again meanwhile.
//   long_stop.php FOLDER SECONDS
require __DIR__ . '/checks.php';
require __DIR__ . '/pipes.php';
require __DIR__ . '/probes.php';
require __DIR__ . '/sealed.php';
require __DIR__ . '/stopping.php';

const HELD = 100;
const LAPS = 4;
const ATTEMPTS = 200;

/** Somebody who is stopped holds the lock of a stripe. */
function is_a_lock_held(NitroCache $cache): bool
{
    for ($i = 0; $i < 24; ++$i) {
        if (!$cache->set("probe $i", $i)) {
            return true;
        }
    }

    return false;
}

function stop_while_it_holds_a_lock($process, NitroCache $cache): void
{
    for ($attempt = 0; $attempt < ATTEMPTS; ++$attempt) {
        usleep(mt_rand(500, 20_000));
        stop(pid_of($process));
        if (is_a_lock_held($cache)) {
            return;
        }
        resume(pid_of($process));
    }
    check('the process can be stopped while it holds a lock', false);
}

/** For so long, and for so many laps; much of it expires soon. */
function fill(NitroCache $cache, float $seconds): void
{
    ['capacity_bytes' => $lap, 'expired' => $expired_before] = $cache->getStats();
    $written = $failed = $stored = 0;
    for ($end = hrtime(true) + $seconds * 1e9; hrtime(true) < $end || $written < LAPS * $lap;) {
        $value = str_repeat('fill', mt_rand(10, 30_000));
        $is_stored = $cache->set('filler ' . mt_rand(0, 9999), $value, mt_rand(0, 1) ? 0.1 : null);
        $written += $is_stored ? strlen($value) : 0;
        ++${$is_stored ? 'stored' : 'failed'};
    }
    $expired = $cache->getStats()['expired'] - $expired_before;
    printf("%d sets, %d laps, %d expired entries tidied up; %d sets gave up\n", $stored, $written / $lap, $expired, $failed);
    check('and expired entries were tidied up', $expired > 0);
}

$wrong_values = "$argv[1]/wrong-values";
$seconds = (float) $argv[2];
[$holder, $holder_pipes] = start_php(__DIR__ . '/long_stop_holder.php', (string) HELD);
['pins' => $pins] = answer_of($holder_pipes);
check(HELD . ' values are held in place', $pins >= HELD, pins: $pins);
[$writer, $writer_pipes] = start_php(__DIR__ . '/storm_victim.php', 'lasting', $wrong_values);
check('another process writes', hear($writer_pipes) === "running\n");

$cache = new NitroCache();
$cache->set('the first', 'call') || check('a value is stored', false);
$rows = living_rows();
stop(pid_of($holder));
stop_while_it_holds_a_lock($writer, $cache);
fill($cache, $seconds / 2);
check('that was without a janitor', $cache->getStats()['janitor_pid'] === 0);
exec(escapeshellarg(getenv('NITROCTL')) . ' janitor --detach --cache ' . escapeshellarg(ini_get('nitro.name')));
fill($cache, $seconds / 2);
check('and that with one', $cache->getStats()['janitor_pid'] > 0);
check('who is stopped has not lost its row', living_rows() === $rows, before: $rows, now: living_rows());
check('nor its lock', $cache->getStats()['recoveries'] === 0 && is_a_lock_held($cache));

['sets' => $sets] = $cache->getStats();
resume(pid_of($writer));
resume(pid_of($holder));
['rounds' => $rounds] = answer_of($holder_pipes);
['wrong' => $wrong, 'failed' => $failed, 'rounds' => $later] = answer_of($holder_pipes);
check('what is held in place has not changed, and its holder goes on', $wrong === [] && $later > $rounds,
    wrong: $wrong, rounds: [$rounds, $later]);
check('but for a set that it was in when it was stopped, all succeeded', $failed <= 1, failed: $failed);
for ($end = hrtime(true) + 10e9; is_a_lock_held($cache); ) {
    hrtime(true) < $end || check('the lock is given back', false);
}
check('the other one goes on, too', state_of(pid_of($writer)) !== 'T' && $cache->getStats()['sets'] > $sets);
$stats = $cache->getStats();
check('both have their own rows still', living_rows() === $rows && $stats['guest_calls'] === 0 && $stats['refused_calls'] === 0
    && $stats['recoveries'] === 0, before: $rows, now: living_rows(), stats: $stats);
kill($writer);
check('and all that it read was right', !is_file($wrong_values), wrong: (string) @file_get_contents($wrong_values));
array_map(fclose(...), $holder_pipes);
check('the holder ends well', proc_close($holder) === 0);
