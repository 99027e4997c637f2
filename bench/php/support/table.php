<?php
// Tables on the terminal: a row for each workload, a column for each store.

declare(strict_types=1);

require_once __DIR__ . '/results.php';

final class Table
{
    private const FIRST_WIDTH = 36;
    private const WIDTH = 15;

    /** @param list<string> $stores */
    public function __construct(private readonly Results $results, private readonly string $title, private readonly array $stores)
    {
    }

    public function printHead(string $unit): void
    {
        echo "\n$this->title ($unit; ×: what it is of NitroCache)\n";
        $cells = array_map(static fn (string $store) => $store === NITRO ? "$store ±" : $store, $this->stores);
        self::printCells(['', ...$cells]);
    }

    public function printRow(string $row): void
    {
        $figures = $this->results->row($this->title, $row);
        $nitro = ($figures[NITRO] ?? null)?->median();
        self::printCells([$row, ...array_map(static fn (string $store) => self::cell($figures[$store] ?? null, $nitro), $this->stores)]);
    }

    /** "25.1 ±3%" for NitroCache, "170 ×6.8" for another store. */
    private static function cell(?Figure $figure, ?float $nitro): string
    {
        if ($figure === null) {
            return '–';
        }
        $median = self::number($figure->median());
        if ($figure->store === NITRO && count($figure->rounds) > 1) {
            return sprintf('%s ±%.0f%%', $median, $figure->spread() * 50);
        }

        return $nitro > 0 && $figure->store !== NITRO ? "$median ×" . self::number($figure->median() / $nitro) : $median;
    }

    /** Three digits, or all that stand before the point. */
    private static function number(float $number): string
    {
        $digits = $number <= 0 ? 0 : max(0, min(3, 2 - (int) floor(log10($number))));

        return number_format($number, $digits, '.', ' ');
    }

    /** @param list<string> $cells */
    private static function printCells(array $cells): void
    {
        foreach ($cells as $column => $cell) {
            $width = $column === 0 ? self::FIRST_WIDTH : self::WIDTH;
            // Without mbstring, which `php -n` may lack: bytes that begin a character.
            $padding = str_repeat(' ', max(1, $width - (int) preg_match_all('/[^\x80-\xbf]/', $cell)));
            echo $column === 0 ? $cell . $padding : $padding . $cell;
        }
        echo "\n";
    }
}
