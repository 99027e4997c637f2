<?php
// What happens where /dev/shm is small and empty; refusals.sh gives this process one of its own.
//   little_room.php PART
require __DIR__ . '/checks.php';

const FOLDER = '/dev/shm';

function free_mb(): float
{
    return disk_free_space(FOLDER) / (1 << 20);
}
function left_behind(): array
{
    return array_values(array_diff(scandir(FOLDER), ['.', '..']));
}

/** Sets values that make so many MB; how many sets were true. Wrong ones end the test. */
function write_mb(NitroCache $cache, float $mb, ?int &$calls): int
{
    $stored = 0;
    for ($calls = 0; $calls < $mb * 1024; $calls++) {
        $key = 'key ' . mt_rand(0, 100000);
        $value = "value of $key " . str_repeat('.', 1000);
        if ($cache->set($key, $value)) {
            $stored++;
            $seen = $cache->get($key);
            $seen === $value || check('what was stored comes back', false, seen: $seen);
        }
    }
    return $stored;
}

/** Takes all the room that is left. */
function fill_folder(): void
{
    exec('dd if=/dev/zero of=' . FOLDER . '/filler bs=4096 2>&1');
    check('no room is left', free_mb() == 0, free: free_mb());
}

switch ($argv[1]) {
    case 'asked':
        // 64 MB where there are 8.
        foreach (['argument' => [64], 'setting' => []] as $how => $arguments) {
            try {
                new NitroCache(...$arguments);
                $message = 'nothing';
            } catch (NitroCacheException $refusal) {
                $message = $refusal->getMessage();
            }
            check("too large a size, asked for by $how, is an exception with both numbers",
                preg_match('/\b64\.0 MB.*\b8\.0 MB/', $message) === 1, said: $message);
            check('nothing is left behind', left_behind() === [], left: left_behind());
        }
        check('a size that fits can be had', (new NitroCache(6))->set('key', 1));
        break;

    case 'default':
        // 128 MB by default, where there are 16.
        $notices = [];
        set_error_handler(function (int $level, string $message) use (&$notices) {
            $notices[] = [$level, $message];
            return true;
        });
        $room = free_mb();
        $cache = new NitroCache();
        new NitroCache();
        check('the default size shrinks, and one notice says so', count($notices) === 1
            && $notices[0][0] === E_NOTICE && preg_match('/\b128 MB.*\b12 MB/', $notices[0][1]) === 1,
            notices: $notices);
        $size = $cache->getStats()['max_bytes'] / (1 << 20);
        check('to three quarters of the room', $size > $room * 0.7 && $size <= $room * 0.75,
            size: $size, room: $room);
        $stored = write_mb($cache, 3 * $size, $calls);
        check('it takes three times as much as fits', $stored === $calls, stored: $stored, of: $calls);
        check('by evicting', $cache->getStats()['evictions'] > 1000, stats: $cache->getStats());
        break;

    case 'nothing':
        // Where there is one MB.
        try {
            new NitroCache();
            $message = 'nothing';
        } catch (NitroCacheException $refusal) {
            $message = $refusal->getMessage();
        }
        check('too little room for any cache is an exception with both numbers',
            preg_match('/\b1\.0 MB.*\b0\.9 MB/', $message) === 1, said: $message);
        check('nothing is left behind', left_behind() === ['other'], left: left_behind());
        break;

    case 'taken':
        // 16 MB that could be had in the beginning, and are taken by somebody else then.
        foreach (['at once' => 0, 'later' => 4] as $when => $mb_before) {
            $cache = new NitroCache(16, str_replace(' ', '-', $when));
            write_mb($cache, $mb_before, $calls);
            fill_folder();
            $stored = write_mb($cache, 30, $calls);
            echo "with no room from $when on, $stored of $calls sets were true\n";
            check('a cache goes on with the room it has', $mb_before === 0 || $stored === $calls,
                stored: $stored, of: $calls, stats: $cache->getStats());
            $start = hrtime(true);
            for ($i = 0; $i < 10; $i++) {
                $cache->set("large $i", str_repeat('x', $cache->getStats()['largest_value'] - 10));
            }
            $milliseconds = (hrtime(true) - $start) / 1e6;
            check('and does not look for long for more than there is', $milliseconds < 5000,
                took: $milliseconds);
            $cache->clear();
            unlink(FOLDER . '/filler');
            // Writers look around once a second.
            usleep(1100000);
            $cache->set('key', 'value');
            $stored = write_mb($cache, 10, $calls);
            check('and takes more when there is more', $stored === $calls
                && $cache->getStats()['usage_bytes'] > 6 << 20, stored: $stored, of: $calls,
                stats: $cache->getStats());
            exec(escapeshellarg(getenv('NITROCTL')) . ' destroy --cache ' . str_replace(' ', '-', $when));
        }
        break;

    case 'read-only':
        try {
            new NitroCache();
            $message = 'nothing';
        } catch (NitroCacheException $refusal) {
            $message = $refusal->getMessage();
        }
        check('a /dev/shm that cannot be written to is an exception that says so',
            preg_match('/permission|[Rr]ead-only/', $message) === 1, said: $message);
        break;
}
