<?php
// The keys of a workload, in the order in which they are asked for.

declare(strict_types=1);

const SAME_KEY = 'the same key';
const UNIFORM = 'uniform';
const ZIPF = 'Zipf(0.99)';

/**
 * Every draw is a string of its own that knows its hash, and they lie one behind the other: like keys
 * that have just been made, they are in the processor's cache when they are used, and only what the
 * store itself does is measured.
 *
 * @return list<string>
 */
function drawKeys(int $count, string $distribution, int $draws): array
{
    mt_srand(1);
    $next = $distribution === ZIPF ? zipf($count, 0.99) : static fn () => mt_rand(0, $count - 1);

    return array_map(static fn () => hashedKey('key.' . $next()), range(1, $draws));
}

/**
 * Each key once, in random order.
 *
 * @return list<string>
 */
function eachKeyOnce(int $count): array
{
    mt_srand(2);
    $numbers = range(0, $count - 1);
    shuffle($numbers);

    return array_map(static fn (int $number) => hashedKey("key.$number"), $numbers);
}

/** @return list<string> */
function absentKeys(int $draws): array
{
    return array_map(static fn (int $number) => hashedKey("absent.$number"), range(1, $draws));
}

function hashedKey(string $key): string
{
    $array = [];
    isset($array[$key]) || $array[$key] = true; // makes PHP compute the hash

    return $key;
}

/** @return Closure(): int ranks from 0; which numbers are popular has nothing to do with their order */
function zipf(int $count, float $exponent): Closure
{
    $sums = [];
    $sum = 0.0;
    for ($rank = 1; $rank <= $count; ++$rank) {
        $sums[] = $sum += 1 / $rank ** $exponent;
    }
    $numbers = range(0, $count - 1);
    shuffle($numbers);

    return static function () use ($sums, $sum, $numbers): int {
        $draw = mt_rand() / mt_getrandmax() * $sum;
        for ($low = 0, $high = count($sums) - 1; $low < $high;) {
            $middle = intdiv($low + $high, 2);
            $sums[$middle] < $draw ? $low = $middle + 1 : $high = $middle;
        }

        return $numbers[$low];
    };
}
