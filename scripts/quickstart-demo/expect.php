<?php

declare(strict_types=1);

/** Ends the demonstration with an exit code of 1 unless $isTrue. */
function expect(bool $isTrue, string $sentence): void
{
    if (!$isTrue) {
        echo "   WRONG: it should be true that $sentence.\n";
        exit(1);
    }
}
