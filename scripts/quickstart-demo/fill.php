<?php
// Stores five times the memory of a small cache, while 100 of its keys are read now and then.
// Argument: the cache's name.

declare(strict_types=1);

require __DIR__ . '/expect.php';

const MEGABYTES = 8;
const HOT_KEYS = 100;
const COLD_KEYS = 5 * MEGABYTES * 1024;

$cache = new NitroCache(maxMemoryMb: MEGABYTES, name: $argv[1]);
for ($hot = 0; $hot < HOT_KEYS; ++$hot) {
    expect($cache->set("hot:$hot", "the value of $hot"), 'a hot key can be stored');
}

$kilobyte = str_repeat('x', 1024);
$refused = 0;
for ($cold = 0; $cold < COLD_KEYS; ++$cold) {
    $refused += (int) !$cache->set("cold:$cold", $kilobyte);
    if ($cold % 20 === 0) {
        $cache->get('hot:' . intdiv($cold, 20) % HOT_KEYS);
    }
}
expect($refused === 0, 'a full cache takes new values');

$hotLeft = 0;
for ($hot = 0; $hot < HOT_KEYS; ++$hot) {
    $hotLeft += (int) ($cache->get("hot:$hot") === "the value of $hot");
}
$coldLeft = 0;
for ($cold = 0; $cold < COLD_KEYS; ++$cold) {
    $coldLeft += (int) $cache->has("cold:$cold");
}

printf("   %d MB of cold values went through a cache of %d MB; nobody read them again\n", 5 * MEGABYTES, MEGABYTES);
printf("   hot keys that are still there:  %d of %d\n", $hotLeft, HOT_KEYS);
printf("   cold keys that are still there: %s of %s, the last ones\n", number_format($coldLeft), number_format(COLD_KEYS));
expect($hotLeft === HOT_KEYS, 'every hot key is still there');
expect($coldLeft < COLD_KEYS, 'the cold keys made room for one another');
expect($cache->has('cold:' . (COLD_KEYS - 1)), 'the last cold key is there');
