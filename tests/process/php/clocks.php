<?php
// Processes whose wall clocks are a day apart, and are set to and fro, share entries that expire.
//   clocks.php LIBFAKETIME FOLDER: leaves a file "pids" there
require __DIR__ . '/checks.php';
require __DIR__ . '/pipes.php';

const DAY = 86_400;
const SHORT = 2;  // seconds
const LONG = 1000;
const ATTEMPTS = 5;
const LIFETIMES = ['an int' => SHORT, 'a float' => SHORT + 0.001, 'an interval' => 'PT' . SHORT . 'S'];

[, $library, $folder] = $argv;

/** A process of which the wall clock can be set. */
final class Worker
{
    private $process;
    private array $pipes;

    private string $file;

    public function __construct(string $library, string $folder, int $number, bool $fakes_monotonic_clock = false)
    {
        $this->file = "$folder/clock-$number";
        $this->set_clock(0);
        // The extension, too, or PHP would load it in such a way that it finds libc's clocks first.
        $preloaded = "$library:" . getenv('NITRO_SO');
        [$this->process, $this->pipes] = start_command(['env', "LD_PRELOAD=$preloaded",
            'FAKETIME_DONT_FAKE_MONOTONIC=' . (int) !$fakes_monotonic_clock,
            'FAKETIME_NO_CACHE=1', "FAKETIME_TIMESTAMP_FILE=$this->file", ...php_command(__DIR__ . '/clocks_worker.php')]);
        file_put_contents("$folder/pids", pid_of($this->process) . "\n", FILE_APPEND);
    }

    public function set_clock(int $days): void
    {
        file_put_contents("$this->file.new", sprintf('%+dd', $days));
        rename("$this->file.new", $this->file);
    }

    public function ask(string $what, string $key = '', int|float|string|null $ttl = null): array
    {
        return answer_of($this->pipes, json_encode([$what, $key, $ttl]));
    }

    public function end(): void
    {
        array_map(fclose(...), $this->pipes);
        check('a process ends well', proc_close($this->process) === 0);
    }
}

/** @param array<Worker> $workers */
function set_clocks(array $workers, int ...$days): void
{
    foreach ($workers as $i => $worker) {
        $worker->set_clock($days[$i]);
        $start = hrtime(true);
        ['wall' => $wall, 'monotonic' => $monotonic] = $worker->ask('clocks');
        $end = hrtime(true);
        abs($wall - time() - DAY * $days[$i]) < DAY / 2 || check('a wall clock can be set', false, days: $days[$i], is: $wall - time());
        $start <= $monotonic && $monotonic <= $end || check('the other clock stays as it is', false, is: $monotonic, here: [$start, $end]);
    }
}

/** Each sets entries for each kind of lifetime. @return array<string>: their keys. */
function store(array $workers, string $prefix): array
{
    $keys = [];
    foreach ($workers as $i => $worker) {
        foreach (LIFETIMES as $name => $ttl) {
            $keys[] = $key = "$prefix, $name, of $i";
            $worker->ask('set', $key, $ttl)['result'] === true || check('an entry is stored', false, key: $key);
        }
    }

    return $keys;
}

/** How many of the keys are found, by all workers together. */
function found(array $workers, array $keys): int
{
    $found = 0;
    foreach ($workers as $worker) {
        foreach ($keys as $key) {
            $found += $worker->ask('get', $key)['result'] === $key ? 1 : 0;
        }
    }

    return $found;
}

$workers = array_map(fn (int $i) => new Worker($library, $folder, $i), range(0, 2));
set_clocks($workers, -1, 0, 1);
foreach ($workers as $i => $worker) {
    $worker->ask('set', "long $i", LONG);
}
$long_ones = ['long 0', 'long 1', 'long 2'];
check('what lives for long is there for all', found($workers, $long_ones) === 9);

// Should this machine be so busy that some have expired before they are looked at, then once more.
$attempt = 0;
do {
    $start = hrtime(true);
    $keys = store($workers, 'attempt ' . ++$attempt);
    set_clocks($workers, 1, -1, 0);
    $found = found($workers, $keys);
    $in_time = hrtime(true) - $start < SHORT * 1e9;
} while (!$in_time && $attempt < ATTEMPTS);
check('all entries live while they should, whatever the clocks of those who made and who read them',
    $found === count($keys) * count($workers), found: $found, in_time: $in_time);

usleep((SHORT * 1000 + 100) * 1000);
check('and are gone when they should', found($workers, $keys) === 0);
foreach ([[0, 1, -1], [1, 1, 1], [-1, -1, -1]] as $days) {
    set_clocks($workers, ...$days);
    check('what lives for long stays when the clocks are set to ' . implode(', ', $days) . ' days, and what is gone stays away',
        found($workers, $long_ones) === 9 && found($workers, $keys) === 0);
}
array_map(fn (Worker $worker) => $worker->end(), $workers);

// What if libfaketime did not reach the extension? Then all of the above would prove nothing.
$other = new Worker($library, $folder, 3, fakes_monotonic_clock: true);
$other->set_clock(1);
check('a process whose monotonic clock is another has other deadlines', found([$other], $long_ones) === 0);
$other->end();
