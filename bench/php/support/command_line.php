<?php
// The options of the programs in this folder.

declare(strict_types=1);

/**
 * Ends the program for a word that is none of `$known`, and after printing `$help` for --help.
 *
 * @param list<string> $arguments
 * @param array<string, bool|string> $known by name, without the hyphens: false for one that is given or
 *     not, a text for one that takes a value, which is then the default
 *
 * @return array<string, bool|string>
 */
function optionsOf(array $arguments, array $known, string $help): array
{
    $options = $known;
    for ($i = 1; $i < count($arguments); ++$i) {
        if ($arguments[$i] === '--help') {
            echo $help;
            exit(0);
        }
        $name = str_starts_with($arguments[$i], '--') ? substr($arguments[$i], 2) : '';
        if (!array_key_exists($name, $known)) {
            giveUp("\"$arguments[$i]\" is none of --" . implode(', --', array_keys($known)) . ', --help.');
        }
        $options[$name] = $known[$name] === false ? true
            : $arguments[++$i] ?? giveUp("--$name needs a value.");
    }

    return $options;
}

function giveUp(string $why): never
{
    fwrite(STDERR, "$why\n");
    exit(2);
}
