<?php
// How long is measured, and what is made of it.

declare(strict_types=1);

final class Effort
{
    private function __construct(
        public readonly int $rounds,
        /** How long a loop runs in one round. */
        public readonly float $secondsPerLoop,
        /** Rounds of races of two processes. */
        public readonly int $races,
        /** Through php-fpm, in each round. */
        public readonly int $requests,
        /** How many times each key is asked for where single operations are timed. */
        public readonly int $passesOfEach,
        public readonly int $growthRounds = 7,
        public readonly int $growthSteps = PHP_INT_MAX,
        /** How many keys are drawn, or deleted at a time, at most. */
        public readonly int $mostDraws = PHP_INT_MAX,
        /** Otherwise APCu alone, with its own settings. */
        public readonly bool $withAllPeers = true,
    ) {
    }

    /** To see that it works. Its figures say nothing. */
    public static function brief(): self
    {
        return new self(rounds: 1, secondsPerLoop: 0.0001, races: 1, requests: 5, passesOfEach: 1, growthRounds: 1,
            growthSteps: 2, mostDraws: 100, withAllPeers: false);
    }

    public static function quick(): self
    {
        return new self(rounds: 5, secondsPerLoop: 0.004, races: 5, requests: 50, passesOfEach: 1);
    }

    public static function thorough(): self
    {
        return new self(rounds: 9, secondsPerLoop: 0.02, races: 31, requests: 300, passesOfEach: 4);
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
 * Nanoseconds of the processor's time, the kernel's part included, that this process has used, or its
 * children that have ended: what other programs do meanwhile does not count.
 */
function processorTime(bool $ofChildren = false): float
{
    $usage = getrusage($ofChildren ? 1 : 0);

    return ($usage['ru_utime.tv_sec'] + $usage['ru_stime.tv_sec']) * 1e9
        + ($usage['ru_utime.tv_usec'] + $usage['ru_stime.tv_usec']) * 1e3;
}
