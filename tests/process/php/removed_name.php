<?php
// The segment is removed under processes that use it, by nitroctl destroy, by name, and by name while a
// newcomer makes another one at once: they meet again in a new one.
//   removed_name.php ADDRESS…
require __DIR__ . '/checks.php';
require __DIR__ . '/clients.php';
require __DIR__ . '/php_command.php';
require __DIR__ . '/probes.php';

const MANNERS = ['nitroctl destroy', 'the name was removed', 'a newcomer has found no name'];
const ROUNDS = 2 * 3;
// Seconds: one between two looks of a writer or the janitor, and a little for the processes to get their turn.
const LONGEST_PARTING = 1.25;
// Should the machine be so busy that this is too little, then once more. Each time is the worst case:
// all looked when they last met.
const ATTEMPTS = 5;

$addresses = array_slice($argv, 1);

/** Which pairs do not see each other's writes. */
function strangers(array $addresses): array
{
    static $number = 0;
    $strangers = [];
    foreach ($addresses as $writer) {
        $number++;
        ask($writer, 'set', "from $writer", $number);
        foreach ($addresses as $reader) {
            if (ask($reader, 'get', "from $writer")['result'] !== $number) {
                $strangers[] = "$writer -> $reader";
            }
        }
    }
    return $strangers;
}

/** A process that was not there before makes a new segment. @return string what it has stored there */
function let_newcomer_in(): string
{
    $mark = bin2hex(random_bytes(8));
    $command = php_command('-r', "(new NitroCache())->set('newcomer', '$mark') || exit(1);");
    exec(implode(' ', array_map(escapeshellarg(...), $command)), $output, $code);
    $code === 0 || check('a newcomer makes a new segment', false, output: $output);

    return $mark;
}

/** Removes the segment, and waits until all are in the same new one. @return float seconds */
function part(string $manner, string $segment, array $addresses): float
{
    $old = fileinode($segment);
    $start = microtime(true);
    $manner === MANNERS[0] ? nitroctl('destroy') : unlink($segment);
    $mark = $manner === MANNERS[2] ? let_newcomer_in() : null;
    do {
        // Until somebody notices, all are together in the old one.
        clearstatcache();
        $are_in_new = is_file($segment) && fileinode($segment) !== $old
            && ($mark === null || ask($addresses[0], 'get', 'newcomer')['result'] === $mark);
        $strangers = strangers($addresses);
        $seconds = microtime(true) - $start;
        $seconds < 10 || check("after $manner all meet again", false, are_in_new: $are_in_new, strangers: $strangers);
    } while (!$are_in_new || $strangers !== []);

    return $seconds;
}

$pids = array_map(fn ($address) => ask($address, 'has')['pid'], $addresses);
$cache = new NitroCache();
$segment = '/dev/shm/' . ltrim($cache->getStats()['segment'], '/');
check('all processes share a cache', strangers($addresses) === []);

for ($round = 1; $round <= ROUNDS; $round++) {
    $manner = MANNERS[$round % 3];
    $attempt = 0;
    do {
        $long = str_repeat("long $round ", 50000);
        $cache->set('long', $long);
        $held = $cache->get('long');
        $seconds = part($manner, $segment, $addresses);
        printf("%s: together again after %.3f s\n", $manner, $seconds);
    } while ($seconds > LONGEST_PARTING && ++$attempt < ATTEMPTS);
    check("after $manner all are together in a new segment within a second", $attempt < ATTEMPTS);
    check('and there is only one', glob("$segment*") === [$segment], found: glob("$segment*"));
    check('this process, which holds a string of the old one, is with them',
        $cache->get("from $addresses[0]") !== null && $cache->set('mine', $round)
        && ask($addresses[0], 'get', 'mine')['result'] === $round);
    check('and keeps that string', $held === $long);
    check('which is not in the new cache', $cache->get('long') === null);
}
check('nobody was replaced meanwhile',
    array_map(fn ($address) => ask($address, 'has')['pid'], $addresses) === $pids);
