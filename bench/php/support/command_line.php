<?php
// The options of the programs in this folder: words with two hyphens, each given or not.

declare(strict_types=1);

/**
 * Ends the program for a word that is none of `$known`, and after printing `$help` for --help.
 *
 * @param list<string> $arguments
 * @param list<string> $known
 *
 * @return array<string, bool> by name, without the hyphens
 */
function flagsOf(array $arguments, array $known, string $help): array
{
    $flags = array_fill_keys($known, false);
    foreach (array_slice($arguments, 1) as $argument) {
        if ($argument === '--help') {
            echo $help;
            exit(0);
        }
        $name = str_starts_with($argument, '--') ? substr($argument, 2) : '';
        if (!array_key_exists($name, $flags)) {
            giveUp("\"$argument\" is none of --" . implode(', --', $known) . ', --help.');
        }
        $flags[$name] = true;
    }

    return $flags;
}

function giveUp(string $why): never
{
    fwrite(STDERR, "$why\n");
    exit(2);
}
