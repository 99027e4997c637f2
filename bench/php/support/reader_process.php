<?php
// A process that reads from a store when it is told to, so that two of them can do it at once.

declare(strict_types=1);

require_once __DIR__ . '/measuring.php';
require_once __DIR__ . '/processors.php';
require_once __DIR__ . '/stores.php';

final class ReaderProcess
{
    /** How many races counted, and in how many of them each reader had a processor all the time. */
    public static int $races = 0;
    public static int $undisturbed = 0;

    private static int $count = 0;

    // From the order to the start, in nanoseconds: long enough for both to be up by then.
    private const HEAD_START = 2e6;
    // So short that it often fits between two moments at which other programs want the processor.
    private const RACE = 3e6;
    private const READS_PER_LOOK_AT_THE_CLOCK = 1000;
    // A race counts if all had a processor for this part of it. It is run again until that is so, or
    // so often at the most.
    private const UNDISTURBED = 0.95;
    private const TRIES = 6;

    /** @param resource $socket */
    private function __construct(private $socket)
    {
    }

    /**
     * Requires: nobody has used a cache in this process yet. So the child is none of its heirs.
     *
     * @param Closure(): array<string, Store> $open called in the child, once, at the first order
     */
    public static function start(Closure $open): self
    {
        $processor = twoProcessors()[self::$count++ % 2] ?? null;
        [$ours, $theirs] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, STREAM_IPPROTO_IP);
        $child = pcntl_fork();
        if ($child === 0) {
            fclose($ours);
            self::serve($theirs, $open);
            exit(0);
        }
        fclose($theirs);
        if ($processor !== null) {
            pin($child, $processor);
        }

        return new self($ours);
    }

    /**
     * Lets all of them read at the same time.
     *
     * @param list<array{ReaderProcess, list<string>}> $readersAndKeys
     *
     * @return list<float> reads per second of each
     */
    public static function race(array $readersAndKeys, string $store): array
    {
        $best = null;
        for ($try = 0; $try < self::TRIES; ++$try) {
            $stints = self::tryRace($readersAndKeys, $store);
            $presence = min(array_column($stints, 'presence'));
            if ($best === null || $presence > $best) {
                $best = $presence;
                $speeds = array_column($stints, 'speed');
            }
            if ($best >= self::UNDISTURBED) {
                break;
            }
        }
        ++self::$races;
        self::$undisturbed += $best >= self::UNDISTURBED ? 1 : 0;

        return $speeds;
    }

    /**
     * @param list<array{ReaderProcess, list<string>}> $readersAndKeys
     *
     * @return list<array{speed: float, presence: float}>
     */
    private static function tryRace(array $readersAndKeys, string $store): array
    {
        $start = hrtime(true) + self::HEAD_START;
        foreach ($readersAndKeys as [$reader, $keys]) {
            $order = ['store' => $store, 'keys' => $keys, 'start' => $start, 'end' => $start + self::RACE];
            fwrite($reader->socket, serialize($order) . "\n");
        }

        return array_map(static function (array $readerAndKeys): array {
            $answer = fgets($readerAndKeys[0]->socket);
            if ($answer === false) {
                giveUp('A reader has died.');
            }

            return unserialize($answer);
        }, $readersAndKeys);
    }

    /**
     * Until the other side is closed.
     *
     * @param resource $socket
     */
    private static function serve($socket, Closure $open): void
    {
        $stores = null;
        while (($order = fgets($socket)) !== false) {
            $stores ??= $open();
            ['store' => $store, 'keys' => $keys, 'start' => $start, 'end' => $end] = unserialize($order);
            fwrite($socket, serialize(self::read($stores[$store], $keys, $start, $end)) . "\n");
        }
    }

    /**
     * @param list<string> $keys
     *
     * @return array{speed: float, presence: float} reads per second of the processor's time; which
     *     part of the time there was one, from 0 to 1
     */
    private static function read(Store $store, array $keys, float $start, float $end): array
    {
        while (hrtime(true) < $start) {
        }
        $used = processorTime();
        $reads = 0;
        do {
            if (count($keys) === 1) {
                $store->read($keys[0], self::READS_PER_LOOK_AT_THE_CLOCK);
            } else {
                $store->readEach($keys, self::READS_PER_LOOK_AT_THE_CLOCK);
            }
            $reads += self::READS_PER_LOOK_AT_THE_CLOCK;
            $now = hrtime(true);
        } while ($now < $end);
        $used = processorTime() - $used;

        return ['speed' => $reads / $used * 1e9, 'presence' => $used / ($now - $start)];
    }
}
