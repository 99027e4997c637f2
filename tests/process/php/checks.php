<?php
// How a PHP file of these tests says what it found: as check() of support.bash does.

function check(string $sentence, bool $holds, mixed ...$seen): void
{
    // In one piece, since other processes write, too.
    echo ($holds ? 'ok: ' : 'FAILED: ') . "$sentence\n";
    if (!$holds) {
        foreach ($seen as $what => $value) {
            echo "  $what: ", shortened(var_export($value, true)), "\n";
        }
        exit(1);
    }
}

function shortened(string $text): string
{
    return strlen($text) <= 300 ? $text : substr($text, 0, 200) . '… (' . strlen($text) . ' bytes)';
}
