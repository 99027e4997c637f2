<?php
// Reads what store.php stored in another process. Argument: the cache's name.

declare(strict_types=1);

require __DIR__ . '/expect.php';

$cache = new NitroCache(name: $argv[1]);
$user = $cache->get('user:123');
expect($user === ['name' => 'Ada', 'roles' => ['admin', 'author']], 'the array is what was stored');
$greeting = $cache->get('greeting');
expect(is_string($greeting) && $greeting !== 'Hello from process ' . getmypid(), 'another process wrote the greeting');
expect($cache->increment('visits') === 2, 'the counter goes on where the other process left it');

printf("   process %d read \"user:123\": %s, %s\n", getmypid(), $user['name'], implode(' and ', $user['roles']));
printf("   process %d read \"greeting\": %s\n", getmypid(), $greeting);
printf("   process %d counted \"visits\" up to 2\n", getmypid());
