<?php
// Sizes that cannot be had, and things under the cache's name that are none of ours.
//   refused.php [OWNER]: also a file that belongs to this user (for root)
require __DIR__ . '/checks.php';

$name = ini_get('nitro.name');

// --- sizes

function refusal_of_size(int|float $size): ?Throwable
{
    try {
        new NitroCache($size);
        return null;
    } catch (Throwable $refusal) {
        return $refusal;
    }
}

preg_match('/MemTotal: *(\d+) kB/', file_get_contents('/proc/meminfo'), $found);
$too_much = intdiv((int) $found[1], 1024) + 1000;
$sizes = [
    [0, ValueError::class, '/at least 1 .*0 given/'],
    [-1, ValueError::class, '/at least 1 .*-1 given/'],
    [0.5, ValueError::class, '/at least 1 .*0\.5 given/'],
    [NAN, ValueError::class, '/finite/'],
    [INF, ValueError::class, '/finite/'],
    [1e300, ValueError::class, '/at most \d+ .*e\+300 given/'],
    [PHP_INT_MAX, ValueError::class, '/at most \d+ /'],
    // More than any cache can have, and, mostly, less than that, but more than the machine has.
    [1 << 20, NitroCacheException::class, '/\d{7,}.*' . (1 << 40) . '/'],
    [$too_much, NitroCacheException::class, "/$too_much\\.0 MB.*\\d\\.\\d MB|\\d{7,}.*" . ($too_much << 20) . '/'],
];
foreach ($sizes as [$size, $class, $reason]) {
    $refusal = refusal_of_size($size);
    check('a size of ' . var_export($size, true) . " is a $class that says why",
        $refusal instanceof $class && preg_match($reason, $refusal->getMessage()) === 1,
        seen: $refusal?->getMessage());
    check('and nothing is left behind', glob("/dev/shm/nitro.*.$name.*") === []);
}

// --- under the name

/** What another process says when it wants the cache: its size, or class and message. */
function attempt(): string
{
    $code = 'try { $cache = new NitroCache(); $cache->set("key", "value") || exit(1);
        echo $cache->get("key"), " ", $cache->getStats()["segment"];
        } catch (Throwable $refusal) { echo get_class($refusal), ": ", $refusal->getMessage(); }';
    $command = [PHP_BINARY, '-n', '-d', 'extension=' . getenv('NITRO_SO'),
        '-d', 'nitro.janitor=off', '-d', 'nitro.memory=2M', '-d', 'nitro.name=' . ini_get('nitro.name'),
        '-r', $code];
    exec(implode(' ', array_map(escapeshellarg(...), $command)) . ' 2>&1', $output, $code);
    return implode("\n", $output) . ($code === 0 ? '' : " (exit code $code)");
}

$said = attempt();
check('another process can have the cache', str_starts_with($said, 'value '), said: $said);
$segment = '/dev/shm/' . ltrim(explode(' ', $said)[1], '/');
check('getStats() names its segment', is_file($segment), segment: $segment);
$sound = dirname($segment) . "/test-sound-$name";
rename($segment, $sound);
$size = filesize($sound);
register_shutdown_function(function () use ($sound, $segment) {
    @unlink($sound);
    @unlink($segment) || @rmdir($segment);
});

function facts_of(string $path): array
{
    clearstatcache();
    $facts = array_intersect_key((array) @lstat($path),
        array_flip(['ino', 'mode', 'uid', 'gid', 'size']));
    return $facts + ['link' => is_link($path) ? readlink($path) : '',
        'bytes' => is_file($path) ? hash_file('xxh128', $path) : ''];
}

/** $plant puts something at $segment. */
function check_refused(string $what, string $reason, callable $plant): void
{
    global $segment;
    $old_mask = umask(0077);
    $plant();
    umask($old_mask);
    $before = facts_of($segment);
    $said = attempt();
    $now = facts_of($segment);
    check("$what is a NitroCacheException that says why",
        preg_match("/^NitroCacheException: .*($reason)/", $said) === 1, said: $said);
    check('and it stays as it was', $now === $before, before: $before, now: $now);
    is_dir($segment) && !is_link($segment) ? rmdir($segment) : unlink($segment);
}

/** A sound segment but for these bytes. */
function copy_with(int $offset, string $bytes): void
{
    global $segment, $sound;
    copy($sound, $segment);
    $file = fopen($segment, 'r+');
    fseek($file, $offset);
    fwrite($file, $bytes);
    fclose($file);
}

foreach ([0644, 0640, 0660, 0666, 0777, 0400, 0700] as $mode) {
    $octal = sprintf('%04o', $mode);
    check_refused("a sound segment with mode $octal", "mode $octal", function () use ($mode) {
        copy_with(0, '');
        chmod($GLOBALS['segment'], $mode);
    });
}
check_refused('a symbolic link to a sound segment', 'symbolic link',
    fn () => symlink($sound, $segment));
check_refused('a symbolic link that leads nowhere', 'symbolic link',
    fn () => symlink("$sound-nowhere", $segment));
check_refused('a folder', 'folder', fn () => mkdir($segment));
check_refused('a named pipe', 'no file but a pipe',
    fn () => exec('mkfifo ' . escapeshellarg($segment)));
foreach ([10, 1000, 5000000] as $length) {
    check_refused("a file of $length random bytes", 'too short|not a NitroCache segment',
        fn () => file_put_contents($segment, random_bytes($length)));
}
foreach ([100, 4096, intdiv($size, 2), $size - 1] as $length) {
    check_refused("a segment that is cut off after $length bytes", 'too short|damaged', function () use ($length) {
        copy_with(0, '');
        $file = fopen($GLOBALS['segment'], 'r+');
        ftruncate($file, $length);
        fclose($file);
    });
}
check_refused('a segment with another magic number', 'not a NitroCache segment',
    fn () => copy_with(8, 'XXXXXXXX'));
check_refused('a segment of another layout', 'damaged, or of another build',
    fn () => copy_with(16, 'XXXXXXXX'));
check_refused('a segment of another value ABI', 'damaged, or of another build',
    fn () => copy_with(24, 'XXXXXXXX'));
check_refused('a segment that names another size', 'damaged, or of another build',
    fn () => copy_with(32, pack('P', 2 * $size)));
if (isset($argv[1])) {
    check_refused("a segment that belongs to $argv[1]", 'belongs to user \d+, not to user 0',
        function () use ($segment, $argv) {
            copy_with(0, '');
            chown($segment, $argv[1]);
        });
}

$said = attempt();
check('after all that the cache can be had', str_starts_with($said, 'value '), said: $said);
