<?php
// A value that more than one benchmark measures.

declare(strict_types=1);

/**
 * An application's settings: 5 000 options in sections and groups.
 *
 * @return array<string, array<string, array<string, scalar>>>
 */
function configuration(): array
{
    $configuration = [];
    for ($leaf = 0; $leaf < 5_000; ++$leaf) {
        $section = 'section_' . intdiv($leaf, 500);
        $group = 'group_' . intdiv($leaf, 50) % 10;
        $configuration[$section][$group]["option_$leaf"] = match ($leaf % 4) {
            0 => "value of $leaf",
            1 => $leaf,
            2 => $leaf / 8,
            3 => $leaf % 8 === 3,
        };
    }

    return $configuration;
}
