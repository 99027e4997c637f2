<?php
// Processes that use a store at the same time: the forks of one process, which is asked by processes.php.

declare(strict_types=1);

require_once __DIR__ . '/keys.php';
require_once __DIR__ . '/loops.php';
require_once __DIR__ . '/processors.php';
require_once __DIR__ . '/worker_loop.php';

/** One of them. */
final class Racer
{
    // A thousand different keys at most; for one that waits a few, so that it looks at the clock in time.
    private const DRAWS = 1000;
    private const DRAWS_IF_IT_WAITS = 50;

    private readonly stdClass $state;
    /** @var array<string, Closure|null> */
    private readonly array $loops;
    private string $prepared = '';
    /** @var list<string> */
    private array $keys = [];
    /** @var list<bool> */
    private array $isWrite = [];

    public function __construct(private readonly Store $store)
    {
        $this->loops = loopsOf($store);
        $this->state = new stdClass();
        $this->state->cache = $this->loops['open'](true);
        $this->loops['warm']($this->state->cache);
    }

    /**
     * @param array{prefix: string, keys: int, writes: float, start: float, end: float} $order
     *
     * @return array{operations: int, time: float, waited: float} how many in how many nanoseconds, in
     *     some of which others ran on its processor
     */
    public function race(array $order): array
    {
        $this->prepare($order['prefix'], $order['keys'], $order['writes']);
        while (hrtime(true) < $order['start']) {
        }
        $start = hrtime(true);
        $waited = $this->waitedForProcessor();
        $operations = $this->loops['race']($this->state, $this->keys, $this->isWrite, str_repeat('v', 32), $order['end']);
        $time = hrtime(true) - $start;
        $waited = $this->waitedForProcessor() - $waited;

        return ['operations' => $operations, 'time' => $time, 'waited' => min($waited, $time)];
    }

    private function prepare(string $prefix, int $keys, float $writes): void
    {
        if ($this->prepared === "$prefix $keys $writes") {
            return;
        }
        $this->prepared = "$prefix $keys $writes";
        $draws = $this->store->waits ? self::DRAWS_IF_IT_WAITS : self::DRAWS;
        $this->keys = array_map(
            static fn (string $key) => hashedKey($prefix . $key),
            drawKeys($keys, UNIFORM, $draws),
        );
        mt_srand(getmypid());
        $this->isWrite = array_map(static fn () => mt_rand(0, 9_999) < $writes * 10_000, range(1, $draws));
        foreach (array_unique($this->keys) as $key) {
            $this->loops['set string']($this->state, [$key], str_repeat('v', 32), 1);
        }
    }

    /** Nanoseconds for which others ran on its processor while it had something to do. */
    private function waitedForProcessor(): float
    {
        // Who waits for a server, waits for it also while it runs on the same processor.
        return $this->store->waits ? 0.0 : (float) explode(' ', (string) @file_get_contents('/proc/self/schedstat') . ' 0')[1];
    }
}

/** All of them, from outside. */
final class Racers
{
    // From the order to the start, in nanoseconds: long enough for all to be up by then.
    private const HEAD_START = 3e6;
    // So short that it often fits between two moments at which other programs want the processor.
    private const RACE = 4e6;
    // So long that each of many gets its turn.
    private const CROWDED_RACE = 200e6;
    // A race counts if all had a processor for this part of it. It is run again until that is so, or
    // so often at the most.
    private const UNDISTURBED = 0.95;
    private const TRIES = 6;

    /** @var list<resource> */
    private array $sockets = [];

    public function __construct(private readonly Store $store)
    {
    }

    /**
     * Lets those of these numbers run at the same time. Which keys each uses: the same ones, or its own.
     *
     * @param list<int> $numbers
     *
     * @return array{speed: float, undisturbed: bool} operations per second of all together; whether each
     *     had a processor all the time
     */
    public function race(array $numbers, int $keys, bool $sameKeys, float $writes): array
    {
        $orders = array_map(
            static fn (int $racer) => ['prefix' => $sameKeys ? '' : "$racer.", 'keys' => $keys, 'writes' => $writes],
            $numbers,
        );
        $sockets = array_map($this->racer(...), $numbers);
        $this->run($sockets, $orders, 0, 0); // everything is in place after that

        // As many as there are processors can have one all the time.
        return count($numbers) > count(allowedProcessors()) ? $this->crowdedRace($sockets, $orders)
            : $this->undisturbedRace($sockets, $orders);
    }

    /**
     * @param list<resource> $sockets
     * @param list<array<string, mixed>> $orders one for each racer
     *
     * @return array{speed: float, undisturbed: bool}
     */
    private function undisturbedRace(array $sockets, array $orders): array
    {
        $best = -1.0;
        for ($try = 0; $try < self::TRIES && $best < self::UNDISTURBED; ++$try) {
            $stints = $this->run($sockets, $orders, $start = hrtime(true) + self::HEAD_START, $start + self::RACE);
            $presence = min(array_map(static fn (array $stint) => 1 - $stint['waited'] / $stint['time'], $stints));
            if ($presence > $best) {
                $best = $presence;
                $speed = array_sum(array_map(
                    static fn (array $stint) => $stint['operations'] / max(1, $stint['time'] - $stint['waited']) * 1e9,
                    $stints,
                ));
            }
        }

        return ['speed' => $speed, 'undisturbed' => $best >= self::UNDISTURBED];
    }

    /**
     * @param list<resource> $sockets
     * @param list<array<string, mixed>> $orders one for each racer
     *
     * @return array{speed: float, undisturbed: bool}
     */
    private function crowdedRace(array $sockets, array $orders): array
    {
        $stints = $this->run($sockets, $orders, 0, hrtime(true) + self::CROWDED_RACE);

        return ['speed' => array_sum(array_map(
            static fn (array $stint) => $stint['operations'] / $stint['time'] * 1e9,
            $stints,
        )), 'undisturbed' => true];
    }

    /**
     * @param list<resource> $sockets
     * @param list<array<string, mixed>> $orders one for each racer
     *
     * @return list<array{operations: int, time: float, waited: float}>
     */
    private function run(array $sockets, array $orders, float $start, float $end): array
    {
        foreach ($sockets as $number => $socket) {
            fwrite($socket, json_encode($orders[$number] + ['start' => $start, 'end' => $end]) . "\n");
        }

        return array_map(static fn ($socket) => json_decode((string) fgets($socket), true)
            ?? throw new RuntimeException('A racer has died.'), $sockets);
    }

    /** @return resource */
    private function racer(int $number)
    {
        while (count($this->sockets) <= $number) {
            $this->sockets[] = $this->start(count($this->sockets));
        }

        return $this->sockets[$number];
    }

    /**
     * Nobody has used a cache in this process: a fork attaches as any other process would. (APCu is
     * different: its memory is the parent's, and they can use it since they are its children.)
     *
     * @return resource
     */
    private function start(int $number)
    {
        [$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, STREAM_IPPROTO_IP);
        $child = pcntl_fork();
        if ($child === 0) {
            fclose($ours);
            self::serve($theirs, new Racer($this->store));
            exit(0);
        }
        fclose($theirs);
        $processors = allowedProcessors();
        $processors === [] || pin($child, $processors[$number % count($processors)]);

        return $ours;
    }

    /**
     * Until the other side is closed.
     *
     * @param resource $socket
     */
    private static function serve($socket, Racer $racer): void
    {
        while (($order = fgets($socket)) !== false) {
            fwrite($socket, json_encode($racer->race(json_decode($order, true))) . "\n");
        }
    }
}

serveOrders(static fn (Store $store) => new Racers($store));
