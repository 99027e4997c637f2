<?php
// What must hold of the figures of a run: ratios, which mean the same on any machine.

declare(strict_types=1);

require_once __DIR__ . '/results.php';

final class Limit
{
    /** @param Closure(Results): ?float $figure null where something was not measured */
    private function __construct(
        private readonly string $what,
        private readonly Closure $figure,
        private readonly float $bound,
        private readonly bool $isUpper,
    ) {
    }

    /**
     * Of one row: NitroCache costs at most so much of what the fastest of `$stores` does.
     *
     * @param list<string> $stores
     */
    public static function atMost(float $bound, array $stores, string $table, string $row): self
    {
        return new self("$row ($table), by " . implode(' / ', $stores), static function (Results $results) use ($stores, $table, $row) {
            $others = array_filter(array_map(static fn (string $store) => $results->median($table, $row, $store), $stores));

            return $others === [] ? null : self::quotient($results->median($table, $row, NITRO), min($others));
        }, $bound, true);
    }

    /** Of NitroCache: one row by another one of the same table. */
    public static function atMostOfRow(float $bound, string $other, string $table, string $row): self
    {
        return new self("$row by $other ($table)", static fn (Results $results) => self::quotient(
            $results->median($table, $row, NITRO),
            $results->median($table, $other, NITRO),
        ), $bound, true);
    }

    /** Of one row: NitroCache reaches at least so much of what a PHP array does, in the median of the rounds. */
    public static function atLeastOfArray(float $bound, string $table, string $row): self
    {
        return new self("$row ($table), by " . PHP_ARRAY, static function (Results $results) use ($table, $row) {
            $figures = $results->row($table, $row);

            return isset($figures[NITRO], $figures[PHP_ARRAY]) ? median(array_map(
                static fn (float $nitro, float $array) => $nitro / $array,
                $figures[NITRO]->rounds,
                $figures[PHP_ARRAY]->rounds,
            )) : null;
        }, $bound, false);
    }

    /** Of NitroCache: the figure itself. */
    public static function atLeast(float $bound, string $table, string $row): self
    {
        return new self("$row ($table)", static fn (Results $results) => $results->median($table, $row, NITRO), $bound, false);
    }

    /** Prints what it is; whether it holds, or null if something was not measured. */
    public function check(Results $results): ?bool
    {
        $figure = ($this->figure)($results);
        if ($figure === null) {
            return null;
        }
        $holds = $this->isUpper ? $figure <= $this->bound : $figure >= $this->bound;
        $sign = $this->isUpper ? '≤' : '≥';
        printf("  %-4s %8.4f %s %-6s %s\n", $holds ? 'ok' : ($this->isUpper ? 'OVER' : 'LOW'), $figure, $sign, $this->bound, $this->what);

        return $holds;
    }

    private static function quotient(?float $dividend, ?float $divisor): ?float
    {
        return $dividend === null || $divisor === null || $divisor == 0 ? null : $dividend / $divisor;
    }
}
