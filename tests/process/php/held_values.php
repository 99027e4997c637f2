<?php
// Overwrites what another process holds, and looks at what is left of it when that one has ended.
//   held_values.php ROUNDS           overwrites all keys so many times, and starts the others:
//   held_values.php ROUNDS holder    holds what it got, and checks it until stdin is closed
//   held_values.php ROUNDS onlooker  says what it finds: the values, and the use of memory
require __DIR__ . '/checks.php';

const KEYS = 1000;
const LONGEST_SILENCE = 60;  // seconds

final class Thing
{
    public function __construct(public int $id, protected array $list, private string $text, public ?Thing $other)
    {
    }
}

/** For every key another one, of the same size in every round. */
function value_of(int $key, int $round): mixed
{
    $mark = sprintf('%06d in %06d, ', $key, $round);
    $text = str_repeat($mark, 130 + $key % 200);
    $list = [];
    for ($i = 0; $i < 20 + $key % 30; $i++) {
        $list[] = $mark . (100000 + $i);
    }
    return match ($key % 4) {
        0 => $text,
        1 => $list,
        2 => ['key' => $key, 'mark' => $mark, 'long' => $text, 'nested' => ['list' => $list, 'number' => $key / 3]],
        3 => new Thing($key, ['list' => $list], $text, new Thing(-$key, $list, $mark, null)),
    };
}

function hash_of(mixed $value): string
{
    return hash('xxh128', serialize($value));
}

/** @return array{resource, array<resource>} a process, its stdin and stdout */
function start(string $role): array
{
    $process = proc_open([PHP_BINARY, '-n', '-d', 'extension=' . getenv('NITRO_SO'), '-d', 'nitro.janitor=off',
        '-d', 'nitro.name=' . ini_get('nitro.name'), __FILE__, $GLOBALS['argv'][1], $role],
        [['pipe', 'r'], ['pipe', 'w']], $pipes);
    return [$process, $pipes];
}

/** What a process says next. */
function hear(string $role, array $pipes): array
{
    $readable = [$pipes[1]];
    $none = null;
    $line = stream_select($readable, $none, $none, LONGEST_SILENCE) > 0 ? fgets($pipes[1]) : 'nothing';
    $said = json_decode((string) $line, true);
    is_array($said) || check("the $role has something to say", false, said: $line);
    return $said;
}

function end_of(string $role, array $process_and_pipes): void
{
    [$process, $pipes] = $process_and_pipes;
    array_map(fclose(...), $pipes);
    $code = proc_close($process);
    check("the $role ends well", $code === 0, code: $code);
}

function hold(NitroCache $cache): void
{
    $held = $wrong = [];
    for ($key = 0; $key < KEYS; $key++) {
        $held[$key] = $cache->get("key $key");
        if ($held[$key] != value_of($key, 0)) {
            $wrong[] = $key;
        }
    }
    $hashes = array_map(hash_of(...), $held);
    echo json_encode(['wrong' => $wrong, 'pins' => $cache->getStats()['pins']]), "\n";

    $looks = 0;
    do {
        $readable = [STDIN];
        $none = null;
        $is_asked = stream_select($readable, $none, $none, 0) > 0;
        foreach ($held as $key => $value) {
            if (hash_of($value) !== $hashes[$key] && !in_array($key, $wrong, true)) {
                $wrong[] = $key;
            }
        }
        $looks++;
        if ($is_asked && fgets(STDIN) !== false) {
            echo json_encode(['wrong' => $wrong, 'looks' => $looks]), "\n";
            $is_asked = false;
        }
    } while (!$is_asked);
    exit($wrong === [] ? 0 : 1);
}

function look_on(NitroCache $cache, int $round): void
{
    $wrong = array_filter(range(0, KEYS - 1), fn (int $key) => $cache->get("key $key") != value_of($key, $round));
    echo json_encode(['wrong' => array_values($wrong), 'stats' => $cache->getStats()]), "\n";
}

/** How much is in the cache when it is full. */
function fill(NitroCache $cache): int
{
    $cache->clear();
    ['usage_bytes' => $before, 'max_bytes' => $to_write] = $cache->getStats();
    check('an empty cache uses nothing', $before === 0, usage_bytes: $before);
    for ($to_write *= 2, $i = 0; $to_write > 0; $i++) {
        $size = 300 + $i % 13 * 500;
        $cache->set("filler $i", str_repeat('.', $size))
            || check('a full cache takes more', false, stats: $cache->getStats());
        $to_write -= $size;
    }
    return $cache->getStats()['usage_bytes'];
}

$cache = new NitroCache();
$rounds = (int) $argv[1];
match ($argv[2] ?? '') {
    'holder' => hold($cache),
    'onlooker' => look_on($cache, $rounds),
    '' => null,
};
if (isset($argv[2])) {
    exit(0);
}

// From the second lap on, as later.
fill($cache);
$full = fill($cache);
$cache->clear();

for ($key = 0; $key < KEYS; $key++) {
    $cache->set("key $key", value_of($key, 0)) || check("key $key is stored", false);
}
['usage_bytes' => $usage, 'entries' => $entries] = $cache->getStats();
check(KEYS . ' keys are there', $entries === KEYS, entries: $entries);

$holder = start('holder');
['wrong' => $wrong, 'pins' => $pins] = hear('holder', $holder[1]);
check('another process gets their values', $wrong === [], wrong: $wrong);
check('some of them in place', $pins > 0, pins: $pins);

$failed = 0;
for ($round = 1; $round <= $rounds; $round++) {
    for ($key = 0; $key < KEYS; $key++) {
        $failed += (int) !$cache->set("key $key", value_of($key, $round));
    }
}
check("all are overwritten $rounds times", $failed === 0, failed: $failed, stats: $cache->getStats());
fwrite($holder[1][0], "how are you?\n");
['wrong' => $wrong, 'looks' => $looks] = hear('holder', $holder[1]);
echo "it held $pins values in place, and looked $looks times at all it held\n";
check('what the other process holds is unchanged', $wrong === [], wrong: $wrong);
end_of('holder', $holder);

$onlooker = start('onlooker');
['wrong' => $wrong, 'stats' => $seen] = hear('onlooker', $onlooker[1]);
end_of('onlooker', $onlooker);
check('a third process gets what was written last', $wrong === [], wrong: $wrong, stats: $seen);
printf("in use: %d bytes before, %d bytes after it\n", $usage, $seen['usage_bytes']);
// In a place that another one has left, an entry may have an eighth more than it needs.
check('the keys take what they took before, or a little more',
    $seen['usage_bytes'] >= $usage && $seen['usage_bytes'] <= $usage / 8 * 9 && $seen['entries'] === KEYS,
    before: $usage, stats: $seen);

$full_again = fill($cache);
printf("a full cache: %d bytes before, %d bytes after it\n", $full, $full_again);
check('what was held is free again', $full_again > 0.98 * $full, before: $full, after: $full_again);
