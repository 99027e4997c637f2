<?php
// Holds values of the cache, looks at them, writes and reads, all the time; for each line on stdin it says
// how that went.
//   long_stop_holder.php KEYS
require __DIR__ . '/sealed.php';

$cache = new NitroCache();
$held = $wrong = [];
$failed = 0;
for ($i = 0; $i < $argv[1]; ++$i) {
    $cache->set("held $i", sealed("held $i", 8000));
    $held["held $i"] = $cache->get("held $i");
}
stream_set_blocking(STDIN, false);
for ($rounds = 0; ; ++$rounds) {
    foreach ($held as $key => $value) {
        is_sealed($key, $value) || $wrong[$key] = 'has changed';
        if (!$cache->set("beside $key", $rounds)) {
            ++$failed;
            continue;
        }
        // Others may have evicted it.
        $number = $cache->get("beside $key");
        $number === $rounds || $number === null || $wrong["beside $key"] = 'is an old one';
    }
    if (fgets(STDIN) !== false) {
        echo json_encode(compact('wrong', 'failed', 'rounds') + ['pins' => $cache->getStats()['pins']]), "\n";
    } elseif (feof(STDIN)) {
        exit(0);
    }
}
