<?php
// Kills PHP processes that use the cache, at random moments, while another one goes on.
//   storm.php FOLDER KILLS [SEED [SOCKET]]
// With the socket of a php-fpm the victims are its workers, and it is php-fpm that kills them, because
// their requests take too long.
require __DIR__ . '/checks.php';
require __DIR__ . '/fastcgi.php';
require __DIR__ . '/pipes.php';
require __DIR__ . '/sealed.php';

const WORKERS = 4;  // of php-fpm
const LOOKS = 10;
const LONGEST_OPERATION = 2000;  // milliseconds

$wrong_values = "$argv[1]/wrong-values";
$kills = (int) $argv[2];
$seed = (int) ($argv[3] ?? 0) ?: random_int(1, 1 << 30);
$socket = $argv[4] ?? null;
echo "$kills kills, seed $seed\n";
mt_srand($seed);

/** @return array{resource, array<resource>}: the process, its stdin and stdout. It has begun. */
function start_another(string ...$arguments): array
{
    // STORM_WITHIN is a command that the processes are run by.
    $within = preg_split('/ /', (string) getenv('STORM_WITHIN'), -1, PREG_SPLIT_NO_EMPTY);
    [$process, $pipes] = start_command([...$within, ...php_command(...$arguments)]);
    $line = hear($pipes);
    $line === "running\n" || check("$arguments[0] begins", false, said: $line);

    return [$process, $pipes];
}

function verify_finds_nothing(int $kills): void
{
    exec('timeout 30 ' . escapeshellarg(getenv('NITROCTL')) . ' verify --cache '
        . escapeshellarg(ini_get('nitro.name')) . ' 2>&1', $output, $code);
    check("verify finds nothing after $kills kills", $code === 0, output: implode("\n", $output));
}

function kill_command_line_process(string $kind, string $wrong_values): void
{
    [$victim, $pipes] = start_another(__DIR__ . '/storm_victim.php', $kind, $wrong_values);
    usleep(mt_rand(1000, 30000));
    proc_get_status($victim)['running'] || check('a victim lives until it is killed', false, kind: $kind);
    kill($victim);
}

/** Sees to it that all workers have something to do, until one of them is killed. */
function kill_worker(string $kind, string $wrong_values, string $socket, array &$requests): void
{
    while (count($requests) < WORKERS) {
        $requests[] = fastcgi_ask($socket, __DIR__ . '/storm_victim.php', "$kind $wrong_values", 10);
    }
    wait_for_dead_worker($requests);
}

/** Forgets the requests whose worker is dead. */
function wait_for_dead_worker(array &$requests): void
{
    $ended = $requests;
    $none = null;
    stream_select($ended, $none, $none, 10) > 0 || check('php-fpm kills a worker within 10 s', false);
    foreach ($ended as $request) {
        if (fread($request, 65536) === '' && feof($request)) {
            fclose($request);
            unset($requests[array_search($request, $requests, true)]);
        }
    }
}

[$survivor, $survivor_pipes] = start_another(__DIR__ . '/storm_survivor.php');

$requests = [];
$kinds = ['small', 'flood', 'large', 'count', 'delete', 'expire', 'read', 'everything'];
for ($kill = 1; $kill <= $kills; $kill++) {
    $kind = $kinds[$kill % count($kinds)];
    $socket === null ? kill_command_line_process($kind, $wrong_values) : kill_worker($kind, $wrong_values, $socket, $requests);
    if ($kill % max(1, intdiv($kills, LOOKS)) === 0) {
        verify_finds_nothing($kill);
    }
}

// The last ones, who would change what is looked at below.
while ($requests !== []) {
    wait_for_dead_worker($requests);
}

fclose($survivor_pipes[0]);
$line = hear($survivor_pipes);
$report = json_decode($line, true);
check('the other process goes on to the end', is_array($report), said: $line);
proc_close($survivor);
printf("it did %d operations, %d of them reads that hit; %d sets failed; the longest took %.1f ms (%s)\n",
    $report['operations'], $report['hits'], $report['failed'],
    $report['longest']['milliseconds'], $report['longest']['operation']);
check('all that it read was right', $report['wrong'] === [], wrong: $report['wrong']);
check('and all that the killed read', !is_file($wrong_values), wrong: (string) @file_get_contents($wrong_values));
check('it did find values', $report['hits'] > $kills, report: $report);
check('none of its operations was held up', $report['longest']['milliseconds'] < LONGEST_OPERATION,
    report: $report);

$cache = new NitroCache();
$ranges = ['small' => 2000, 'large' => 20, 'mine' => 100, 'counter' => 50];
$unusable = [];
$start = hrtime(true);
foreach ($ranges as $kind => $count) {
    for ($i = 0; $i < $count; $i++) {
        $value = sealed("$kind $i", $kind === 'large' ? 100000 : 300);
        if (!$cache->set("$kind $i", $value) || $cache->get("$kind $i") != $value) {
            $unusable[] = "$kind $i";
        }
    }
}
check('every key can be set and read', $unusable === [], unusable: $unusable);
check('without a wait', hrtime(true) - $start < LONGEST_OPERATION * 1e6);
verify_finds_nothing($kills);

$stats = $cache->getStats();
printf("%d of the killed held a lock; %d waits, %d evictions\n", $stats['recoveries'],
    $stats['lock_waits'], $stats['evictions']);
check('the test hit where it hurts', $kills < 100 || $stats['recoveries'] > 0, stats: $stats);
check('no row was lost', $stats['guest_calls'] === 0 && $stats['refused_calls'] === 0,
    stats: $stats);
check('nobody waited in vain', $stats['lock_timeouts'] === 0, stats: $stats);
