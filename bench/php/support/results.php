<?php
// All figures of a run: printed as they come, and written as JSON at the end.

declare(strict_types=1);

require_once __DIR__ . '/measuring.php';
require_once __DIR__ . '/stores.php';

/** What was measured of one store, for one row of one table. */
final class Figure
{
    /** @param list<float> $rounds */
    public function __construct(
        public readonly string $table,
        public readonly string $row,
        public readonly string $store,
        public readonly string $unit,
        public readonly array $rounds,
        /** Where it stands in a plot of its table; null: nowhere. */
        public readonly ?float $x = null,
    ) {
    }

    public function median(): float
    {
        return median($this->rounds);
    }

    /** How far apart the quarters are, in parts of the median. */
    public function spread(): float
    {
        $sorted = $this->rounds;
        sort($sorted);
        $last = count($sorted) - 1;
        $median = $this->median();

        return $median == 0 ? 0.0 : ($sorted[(int) ceil($last * 0.75)] - $sorted[(int) floor($last * 0.25)]) / $median;
    }

    /** @return array<string, mixed> */
    public function toArray(): array
    {
        return ['table' => $this->table, 'row' => $this->row, 'store' => $this->store, 'unit' => $this->unit,
            'median' => $this->median(), 'minimum' => min($this->rounds), 'spread' => $this->spread(),
            'rounds' => count($this->rounds), 'x' => $this->x];
    }
}

final class Results
{
    /** @var array<string, array<string, array<string, Figure>>> by table, row and store */
    private array $figures = [];

    public function add(Figure $figure): void
    {
        $this->figures[$figure->table][$figure->row][$figure->store] = $figure;
    }

    /** @return list<string> */
    public function rows(string $table): array
    {
        return array_keys($this->figures[$table] ?? []);
    }

    /** @return array<string, Figure> by store */
    public function row(string $table, string $row): array
    {
        return $this->figures[$table][$row] ?? [];
    }

    public function median(string $table, string $row, string $store): ?float
    {
        return ($this->row($table, $row)[$store] ?? null)?->median();
    }

    /** @param array<string, mixed> $environment */
    public function write(string $file, array $environment): void
    {
        $figures = [];
        foreach ($this->figures as $rows) {
            foreach ($rows as $stores) {
                array_push($figures, ...array_map(static fn (Figure $figure) => $figure->toArray(), array_values($stores)));
            }
        }
        is_dir(dirname($file)) || mkdir(dirname($file), 0777, true);
        $json = json_encode($environment + ['figures' => $figures], JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE
            | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR);
        file_put_contents($file, "$json\n") ?: giveUp("$file cannot be written.");
    }
}
