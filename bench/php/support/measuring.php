<?php
// Time per operation of several loops, taken in turn, so that a slow moment of the machine meets all
// of them.

declare(strict_types=1);

final class Effort
{
    private function __construct(
        public readonly int $rounds,
        /** How long a loop runs in one round. */
        public readonly float $secondsPerLoop,
    ) {
    }

    public static function quick(): self
    {
        return new self(rounds: 7, secondsPerLoop: 0.005);
    }

    public static function thorough(): self
    {
        return new self(rounds: 31, secondsPerLoop: 0.02);
    }
}

/** Nanoseconds per operation in each round. */
final class Times
{
    /** @param list<float> $rounds */
    public function __construct(private readonly array $rounds)
    {
    }

    public function median(): float
    {
        return median($this->rounds);
    }

    public function minimum(): float
    {
        return min($this->rounds);
    }

    public function without(self $loopItself): self
    {
        $overhead = $loopItself->median();

        return new self(array_map(static fn (float $time) => max(0.0, $time - $overhead), $this->rounds));
    }
}

/** @param list<float> $numbers */
function median(array $numbers): float
{
    sort($numbers);
    $middle = intdiv(count($numbers), 2);

    return count($numbers) % 2 === 1 ? $numbers[$middle] : ($numbers[$middle - 1] + $numbers[$middle]) / 2;
}

/**
 * Nanoseconds of the processor's time, the kernel's part included, that this process has used: what
 * other programs do meanwhile does not count.
 */
function processorTime(): float
{
    $usage = getrusage();

    return ($usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec']) * 1e9
        + ($usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec']) * 1e3;
}

/** Nanoseconds per operation of one run of `$operations` operations. */
function timeOf(Closure $loop, int $operations): float
{
    $start = processorTime();
    $loop($operations);

    return (processorTime() - $start) / $operations;
}

/** How many operations take that long; what is found out on the way also warms the caches. */
function operationsIn(float $seconds, Closure $loop, int $batch): int
{
    $operations = $batch;
    for (;;) {
        $time = timeOf($loop, $operations) * $operations;
        if ($time >= $seconds * 1e9 / 8) {
            return $batch * (int) ceil($seconds * 1e9 / $time * $operations / $batch);
        }
        $operations *= 2;
    }
}

/**
 * @template Name of string
 *
 * @param array<Name, Closure(int): void> $loops each runs as many operations as it is told
 * @param int $batch operations come in multiples of this
 *
 * @return array<Name, Times>
 */
function timeInTurn(array $loops, Effort $effort, int $batch = 100): array
{
    $operations = [];
    foreach ($loops as $name => $loop) {
        $operations[$name] = operationsIn($effort->secondsPerLoop, $loop, $batch);
    }
    $rounds = array_fill_keys(array_keys($loops), []);
    for ($round = 0; $round < $effort->rounds; ++$round) {
        foreach ($loops as $name => $loop) {
            // Once without the clock: what the other loops put in the processor's caches is not
            // this one's fault.
            $loop($batch);
            $rounds[$name][] = timeOf($loop, $operations[$name]);
        }
    }

    return array_map(static fn (array $times) => new Times($times), $rounds);
}
