<?php
// How often something took how long: in classes of which each is 1.25 times as long as the one before.

final class Histogram
{
    private const STEP = 1.25;

    /** @var array<int, int> how often, by class */
    private array $counts = [];

    public function note(int $nanoseconds): void
    {
        $class = (int) (log(max(1, $nanoseconds)) / log(self::STEP));
        $this->counts[$class] = ($this->counts[$class] ?? 0) + 1;
    }

    /** @param array<int, int> $counts of another one */
    public function add(array $counts): void
    {
        foreach ($counts as $class => $count) {
            $this->counts[$class] = ($this->counts[$class] ?? 0) + $count;
        }
        ksort($this->counts);
    }

    /** @return array<int, int> */
    public function counts(): array
    {
        return $this->counts;
    }

    public function count(): int
    {
        return array_sum($this->counts);
    }

    /** Microseconds that this share of them does not exceed: the upper end of its class. */
    public function quantile(float $share): float
    {
        $left = $share * $this->count();
        foreach ($this->counts as $class => $count) {
            $left -= $count;
            if ($left <= 0) {
                return self::upperEnd($class);
            }
        }

        return self::upperEnd(array_key_last($this->counts) ?? 0);
    }

    public function __toString(): string
    {
        return implode(' ', array_map(fn (float $share) => sprintf('%.3g', $this->quantile($share)), [0.5, 0.99, 0.999, 1]));
    }

    /** Doublings: "up to 1.6 ms", how often, and the share that took longer. */
    public function asTable(): string
    {
        $table = '';
        $rows = [];
        foreach ($this->counts as $class => $count) {
            $row = intdiv($class, 3);
            $rows[$row] = ($rows[$row] ?? 0) + $count;
        }
        $left = $this->count();
        foreach ($rows as $row => $count) {
            $left -= $count;
            $table .= sprintf("  up to %9.1f µs  %10d  %9.5f %% longer\n", self::upperEnd(3 * $row + 2), $count, 100 * $left / max(1, $this->count()));
        }

        return $table;
    }

    private static function upperEnd(int $class): float
    {
        return self::STEP ** ($class + 1) / 1000;
    }
}
