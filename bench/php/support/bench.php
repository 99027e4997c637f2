<?php
// What all groups of measurements share: how thorough they are, and where the figures go.

declare(strict_types=1);

require_once __DIR__ . '/measuring.php';
require_once __DIR__ . '/results.php';
require_once __DIR__ . '/store_process.php';
require_once __DIR__ . '/table.php';

final class Bench
{
    /** @param bool $quick fewer workloads */
    public function __construct(
        public readonly Effort $effort,
        public readonly bool $quick,
        public readonly Results $results = new Results(),
    ) {
    }

    /** @return list<Store> those that are to be measured, as availableStores() */
    public function stores(int $memoryMb = MEMORY_MB, bool $together = true): array
    {
        return availableStores($memoryMb, $together, $this->effort->withAllPeers);
    }

    /**
     * So many rounds, each of which asks all of them in turn.
     *
     * @template Key of array-key
     *
     * @param array<Key, Closure(): float> $measurements
     *
     * @return array<Key, list<float>>
     */
    public function inTurn(array $measurements, ?int $rounds = null): array
    {
        $found = array_map(static fn () => [], $measurements);
        for ($round = 0; $round < ($rounds ?? $this->effort->rounds); ++$round) {
            foreach ($measurements as $key => $measure) {
                $found[$key][] = $measure();
            }
        }

        return $found;
    }
}
