<?php
// Sets all of its keys twice for each line on stdin, and says how that went: a line of JSON.
//   stopped_writer.php KEYS
require __DIR__ . '/sealed.php';

const ROUNDS = 2;

$cache = new NitroCache();
while (fgets(STDIN) !== false) {
    $seen = ['failed' => array_fill(0, ROUNDS, []), 'unread' => [], 'longest' => 0.0];
    $timeouts_before = $cache->getStats()['lock_timeouts'];
    for ($round = 0; $round < ROUNDS; ++$round) {
        for ($i = 0; $i < $argv[1]; ++$i) {
            $value = sealed("mine $i", 200);
            $start = hrtime(true);
            $is_stored = $cache->set("mine $i", $value);
            $seen['longest'] = max($seen['longest'], (hrtime(true) - $start) / 1e6);
            if (!$is_stored) {
                $seen['failed'][$round][] = $i;
            } elseif ($cache->get("mine $i") != $value) {
                $seen['unread'][] = $i;
            }
        }
    }
    $seen['lock_timeouts'] = $cache->getStats()['lock_timeouts'] - $timeouts_before;
    echo json_encode($seen), "\n";
}
