<?php
// Looks at the JSON that the benchmark programs write; says what is wrong with it, and fails then.
//   figures.php micro FILE NAMES            Google Benchmark's: one figure for each line of NAMES
//   figures.php eviction FILE               of out/eviction
//   figures.php tables FILE…                of scripts/bench
//   figures.php complete DOCUMENT FILE…     of scripts/bench: whether they have all tables of the document but
//                                           the one of out/eviction

declare(strict_types=1);

function readJson(string $file): array
{
    return json_decode((string) file_get_contents($file), true, flags: JSON_THROW_ON_ERROR);
}

/** @return list<string> */
function wrongInMicro(string $file, string $names): array
{
    $times = array_column(readJson($file)['benchmarks'], 'real_time', 'name');
    $wrong = [];
    foreach (file($names, FILE_IGNORE_NEW_LINES) as $name) {
        ($times[$name] ?? 0) > 0 ?: $wrong[] = "$name took no time, or failed.";
    }

    return $wrong;
}

/** @return list<string> */
function wrongInEviction(string $file): array
{
    $wrong = [];
    foreach (readJson($file)['rows'] as $row) {
        foreach ($row['policies'] as $policy => $outcome) {
            $ratio = $outcome['hit_ratio'];
            $ratio > 0 && $ratio < 1 ?: $wrong[] = "$policy has a hit ratio of $ratio.";
        }
        count($row['policies']) === 5 ?: $wrong[] = 'There are ' . count($row['policies']) . ' policies.';
    }

    return $wrong;
}

/** @return array<string, list<array<string, mixed>>> by table */
function figuresOf(string ...$files): array
{
    $tables = [];
    foreach ($files as $file) {
        foreach (readJson($file)['figures'] as $figure) {
            $tables[$figure['table']][] = $figure;
        }
    }

    return $tables;
}

/** @return list<string> */
function wrongInTables(string ...$files): array
{
    $wrong = [];
    foreach (figuresOf(...$files) as $table => $figures) {
        // Shorter than the empty loop that is subtracted: 0. Not all of them.
        max(array_column($figures, 'median')) > 0 ?: $wrong[] = "In \"$table\" there are zeros only.";
        foreach ($figures as $figure) {
            min($figure['median'], $figure['minimum'], $figure['spread']) >= 0 && $figure['rounds'] > 0
                ?: $wrong[] = "In \"$table\", $figure[row], $figure[store] has " . json_encode($figure) . '.';
        }
    }

    return $wrong ?: ($files === [] ? ['There are no files.'] : []);
}

/** @return list<string> */
function missingTables(string $document, string ...$files): array
{
    preg_match_all('/^<!-- end of (.+) -->$/m', (string) file_get_contents($document), $found);
    $missing = array_diff($found[1], ['environment', 'Hit ratios'], array_keys(figuresOf(...$files)));

    return array_map(static fn (string $table) => "There is no table \"$table\".", array_values($missing));
}

$check = ['micro' => wrongInMicro(...), 'eviction' => wrongInEviction(...), 'tables' => wrongInTables(...),
    'complete' => missingTables(...)][$argv[1]];
$wrong = $check(...array_slice($argv, 2));
echo implode("\n", $wrong), $wrong === [] ? '' : "\n";
exit($wrong === [] ? 0 : 1);
