<?php
// Uses a cache when something that the process needs has run out.
//   exhaustion.php descriptors|addresses|files
require __DIR__ . '/checks.php';

/** What `new NitroCache` says; null: nothing, it works. */
function refusal(string $name, int $megabytes): ?string
{
    try {
        new NitroCache($megabytes, $name);
    } catch (NitroCacheException $exception) {
        return $exception->getMessage();
    }

    return null;
}

function works(NitroCache $cache): bool
{
    $value = ['list' => range(1, 1000), 'at' => hrtime(true)];

    return $cache->set('key', $value) && $cache->get('key') === $value && $cache->increment('n') > 0 && $cache->delete('key');
}

$name = ini_get('nitro.name');
$other = "$name-other";

if ($argv[1] === 'addresses') {
    $message = refusal($other, 600);
    check('a cache that does not fit into the address space is refused', str_contains((string) $message, 'ulimit -v'), said: $message);
    check('and nothing of it is left', glob("/dev/shm/nitro.*.$other.*") === []);
    check('a smaller one can be had', refusal($name, 16) === null && works(new NitroCache(name: $name)));
    exit;
}

if ($argv[1] === 'files') {
    $message = refusal($other, 16);
    check('a cache that is larger than a file may be is refused', str_contains((string) $message, 'ulimit -f'), said: $message);
    check('and nothing of it is left', glob("/dev/shm/nitro.*.$other.*") === []);
    check('one that exists can be used', works(new NitroCache(name: $name)));
    exit;
}

$cache = new NitroCache(16, $name);
check('there is a cache', works($cache));
$handles = [];
while (($handle = @fopen('/dev/null', 'r')) !== false) {
    $handles[] = $handle;
}
printf("%d files are open, and no more can be\n", count($handles));
check('who has a cache goes on', works($cache));
$message = refusal($other, 4);
check('another cache is refused, with the reason', str_contains((string) $message, 'no file descriptors are left'), said: $message);
$handles = [];
check('and nothing of it is left', glob("/dev/shm/nitro.*.$other.*") === []);
check('when there are descriptors again, it can be had', refusal($other, 4) === null && works(new NitroCache(name: $other)));
array_map('unlink', glob("/dev/shm/nitro.*.$other.*"));
