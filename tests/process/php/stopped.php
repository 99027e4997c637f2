<?php
// Stops a process that uses the cache, at random moments, looks what others can do meanwhile, and lets
// it go on.
//   stopped.php STOPS [SEED]
require __DIR__ . '/checks.php';
require __DIR__ . '/php_command.php';
require __DIR__ . '/sealed.php';

const SIGNAL_STOP = 19;
const SIGNAL_CONTINUE = 18;
const READS = 300;
const WRITES = 60;
const LONGEST_READ = 2000;  // milliseconds: that is, none waits

$stops = (int) $argv[1];
$seed = (int) ($argv[2] ?? 0) ?: random_int(1, 1 << 30);
echo "$stops stops, seed $seed\n";
mt_srand($seed);

$victim = proc_open(php_command(__DIR__ . '/storm_victim.php', 'everything'), [['null'], ['pipe', 'w'], STDERR], $pipes);
check('a process is there', fgets($pipes[1]) === "running\n");

function wait_until_stopped($process): void
{
    for ($end = hrtime(true) + 5e9; hrtime(true) < $end; usleep(200)) {
        if (str_contains((string) file_get_contents('/proc/' . proc_get_status($process)['pid'] . '/stat'), ') T ')) {
            return;
        }
    }
    check('the process can be stopped', false);
}

$cache = new NitroCache();
$hits = $failed_at_once = $stops_with_failures = $written = 0;
$longest = 0.0;
for ($stop = 0; $stop < $stops; ++$stop) {
    usleep(mt_rand(500, 20_000));
    proc_terminate($victim, SIGNAL_STOP);
    wait_until_stopped($victim);

    for ($i = 0; $i < READS; ++$i) {
        $kind = mt_rand(0, 3) === 0 ? 'large' : 'small';
        $key = "$kind " . mt_rand(0, $kind === 'small' ? 1999 : 19);
        $start = hrtime(true);
        $value = $cache->get($key);
        $longest = max($longest, (hrtime(true) - $start) / 1e6);
        $value === null || is_sealed($key, $value) || check("$key is whole", false, value: $value);
        $hits += $value === null ? 0 : 1;
    }
    $failed = 0;
    for ($i = 0; $i < WRITES; ++$i) {
        $value = sealed("mine $i", 200);
        if ($cache->set("mine $i", $value)) {
            ++$written;
            $cache->get("mine $i") == $value || check("mine $i can be read", false);
        } else {
            ++$failed;
        }
    }
    $stops_with_failures += $failed > 0 ? 1 : 0;
    $failed <= WRITES / 2 || check('only writers of one stripe give up', false, failed: $failed, of: WRITES);

    proc_terminate($victim, SIGNAL_CONTINUE);
}
$sets_before = $cache->getStats()['sets'];
usleep(200_000);
check('it goes on when it is resumed', $cache->getStats()['sets'] > $sets_before && proc_get_status($victim)['running']);
proc_terminate($victim, 9);
proc_close($victim);

printf("%d reads hit, the longest took %.2f ms; %d writes, and in %d of %d stops some gave up\n",
    $hits, $longest, $written, $stops_with_failures, $stops);
check('readers found values', $hits > $stops);
check('no reader waited', $longest < LONGEST_READ, milliseconds: $longest);
check('some stops hit a writer that held a lock', $stops < 20 || $stops_with_failures > 0);
$unusable = array_filter(range(0, WRITES - 1), static fn (int $i) => !$cache->set("mine $i", 'x') || $cache->get("mine $i") !== 'x');
check('every key can be set and read', $unusable === [], unusable: $unusable);
