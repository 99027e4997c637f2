<?php
// Does what it is told, a line of JSON: [what, key, ttl].
$cache = new NitroCache();
while (($line = fgets(STDIN)) !== false) {
    [$what, $key, $ttl] = json_decode($line, true);
    echo json_encode(match ($what) {
        'clocks' => ['wall' => time(), 'monotonic' => hrtime(true)],
        'set' => ['result' => $cache->set($key, $key, is_string($ttl) ? new DateInterval($ttl) : $ttl)],
        'get' => ['result' => $cache->get($key)],
    }), "\n";
}
