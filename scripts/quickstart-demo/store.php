<?php
// Stores a few values for read.php, which another process runs. Argument: the cache's name.

declare(strict_types=1);

require __DIR__ . '/expect.php';

$cache = new NitroCache(name: $argv[1]);
expect($cache->set('user:123', ['name' => 'Ada', 'roles' => ['admin', 'author']], 3600), 'an array can be stored');
expect($cache->set('greeting', 'Hello from process ' . getmypid()), 'a string can be stored');
expect($cache->increment('visits', 1) === 1, 'a counter starts at its first increment');

printf("   process %d stored \"user:123\", \"greeting\" and the counter \"visits\", and ends\n", getmypid());
