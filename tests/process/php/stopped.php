<?php
// Stops a process that uses the cache, at random moments, looks what others can do meanwhile, and lets
// it go on. This process only reads, and should a read wait for a lock, it would be seen: nitro.lock_timeout
// is longer here than any read may take.
//   stopped.php FOLDER STOPS WRITERS_LOCK_TIMEOUT [SEED]
require __DIR__ . '/checks.php';
require __DIR__ . '/pipes.php';
require __DIR__ . '/sealed.php';
require __DIR__ . '/stopping.php';

const READS = 300;
const KEYS = 24;  // of the writer: some for each stripe
const MARGIN = 2000;  // milliseconds: the machine may be busy

$wrong_values = "$argv[1]/wrong-values";
$stops = (int) $argv[2];
$lock_timeout = (float) $argv[3];
$seed = (int) ($argv[4] ?? 0) ?: random_int(1, 1 << 30);
echo "$stops stops, seed $seed\n";
mt_srand($seed);
check('a read that waits for a lock would be seen', 1000 * (float) ini_get('nitro.lock_timeout') > 2 * MARGIN);

/** The keys of a stripe, as far as they were seen, are the same each time, and in no other stripe. */
function note_stripe(array &$stripes, array $keys): void
{
    foreach ($stripes as $stripe) {
        if (array_intersect($stripe, $keys) !== []) {
            $keys === $stripe || check('the same keys share a stripe each time', false, first: $stripe, now: $keys);
            return;
        }
    }
    $stripes[] = $keys;
}

$setting = "nitro.lock_timeout=$lock_timeout";
[$victim, $victim_pipes] = start_php('-d', $setting, __DIR__ . '/storm_victim.php', 'lasting', $wrong_values);
check('a process is there', hear($victim_pipes) === "running\n");
[$writer, $writer_pipes] = start_php('-d', $setting, __DIR__ . '/stopped_writer.php', (string) KEYS);

$cache = new NitroCache();
$hits = $given_up = $stops_with_failures = 0;
$longest_read = $longest_set = 0.0;
$stripes = [];
for ($stop = 0; $stop < $stops; ++$stop) {
    usleep(mt_rand(500, 20_000));
    stop(pid_of($victim));

    for ($i = 0; $i < READS; ++$i) {
        $kind = mt_rand(0, 3) === 0 ? 'large' : 'small';
        $key = "$kind " . mt_rand(0, $kind === 'small' ? 1999 : 19);
        $start = hrtime(true);
        $value = $cache->get($key);
        $longest_read = max($longest_read, (hrtime(true) - $start) / 1e6);
        $longest_read < MARGIN || check('no reader waits', false, key: $key, milliseconds: $longest_read);
        $value === null || is_sealed($key, $value) || check("$key is whole", false, value: $value);
        $hits += $value === null ? 0 : 1;
    }

    $seen = answer_of($writer_pipes);
    [$failed, $failed_again] = $seen['failed'];
    $seen['unread'] === [] || check('what was stored can be read', false, keys: $seen['unread']);
    $failed === $failed_again || check('nothing changes while the other is stopped', false, first: $failed, then: $failed_again);
    $seen['lock_timeouts'] === 2 * count($failed)
        || check('who stores nothing gave up waiting, and nobody else did', false, seen: $seen);
    $longest_set = max($longest_set, $seen['longest']);
    $given_up += $seen['lock_timeouts'];
    if ($failed !== []) {
        ++$stops_with_failures;
        note_stripe($stripes, $failed);
    }

    resume(pid_of($victim));
}
$sets_before = $cache->getStats()['sets'];
usleep(200_000);
check('it goes on when it is resumed', $cache->getStats()['sets'] > $sets_before && proc_get_status($victim)['running']);
kill($victim);
kill($writer);
check('and all that it read was right', !is_file($wrong_values), wrong: (string) @file_get_contents($wrong_values));

$stats = $cache->getStats();
printf("%d reads hit, the longest took %.2f ms; in %d of %d stops %d sets gave up, for %d of %d stripes; the longest took %.1f ms\n",
    $hits, $longest_read, $stops_with_failures, $stops, $given_up, count($stripes), $stats['stripes'], $longest_set);
check('readers found values', $hits > $stops);
check('no writer waited for longer than nitro.lock_timeout', $longest_set < 1000 * $lock_timeout + MARGIN, milliseconds: $longest_set);
check('some stops hit a writer that held a lock', $stops < 20 || $stops_with_failures > 0);
check('only writers of one stripe gave up', count($stripes) <= $stats['stripes']);
check('nobody else did', $stats['lock_timeouts'] === $given_up, stats: $stats);
$unusable = array_filter(range(0, KEYS - 1), static fn (int $i) => !$cache->set("mine $i", 'x') || $cache->get("mine $i") !== 'x');
check('every key can be set and read', $unusable === [], unusable: $unusable);
