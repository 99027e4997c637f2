<?php
// The segment is removed under processes that use it, by name and by nitroctl destroy: they meet again in
// a new one.
//   removed_name.php ADDRESS…
require __DIR__ . '/checks.php';
require __DIR__ . '/clients.php';
require __DIR__ . '/probes.php';

const ROUNDS = 4;
const MARGIN = 1.0;  // seconds: the machine may be busy

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

$pids = array_map(fn ($address) => ask($address, 'has')['pid'], $addresses);
$cache = new NitroCache();
$segment = '/dev/shm/' . ltrim($cache->getStats()['segment'], '/');
check('all processes share a cache', strangers($addresses) === []);

for ($round = 1; $round <= ROUNDS; $round++) {
    $long = str_repeat("long $round ", 50000);
    $cache->set('long', $long);
    $held = $cache->get('long');
    $old = fileinode($segment);
    $is_by_name = $round % 2 === 1;
    $start = microtime(true);
    $is_by_name ? unlink($segment) : nitroctl('destroy');
    do {
        // Until somebody notices, all are together in the old one.
        clearstatcache();
        $is_new = is_file($segment) && fileinode($segment) !== $old;
        $strangers = strangers($addresses);
        $seconds = microtime(true) - $start;
    } while ((!$is_new || $strangers !== []) && $seconds < 10);
    printf("round %d: together again after %.3f s\n", $round, $seconds);
    check(($is_by_name ? 'after the name was removed' : 'after nitroctl destroy') . ' all are together in a new segment within a second',
        $is_new && $strangers === [] && $seconds < 1 + MARGIN, new: $is_new, strangers: $strangers);
    check('and there is only one', glob("$segment*") === [$segment], found: glob("$segment*"));
    check('this process, which holds a string of the old one, is with them',
        $cache->get("from $addresses[0]") !== null && $cache->set('mine', $round)
        && ask($addresses[0], 'get', 'mine')['result'] === $round);
    check('and keeps that string', $held === $long);
    check('which is not in the new cache', $cache->get('long') === null);
}
check('nobody was replaced meanwhile',
    array_map(fn ($address) => ask($address, 'has')['pid'], $addresses) === $pids);
