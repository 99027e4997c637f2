<?php
// A value with a time to live of a second. Argument: the cache's name.

declare(strict_types=1);

require __DIR__ . '/expect.php';

$cache = new NitroCache(name: $argv[1]);
expect($cache->set('code', '4711', 1), 'a value with a time to live can be stored');
expect($cache->get('code') === '4711', 'the value is there at first');
echo "   stored for 1 second: there\n";
usleep(1_050_000);
expect($cache->get('code') === null, 'the value is gone after its second');
echo "   1.05 seconds later:  gone\n";
