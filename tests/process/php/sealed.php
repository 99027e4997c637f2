<?php
// Values that tell whether they are whole, and whose they are.

function sealed(string $key, int $length): string
{
    $text = "$key|" . str_pad('', $length, bin2hex(random_bytes(8)));
    return hash('xxh3', $text) . $text;
}

function is_sealed(string $key, mixed $value): bool
{
    return is_string($value) && str_starts_with(substr($value, 16), "$key|")
        && hash('xxh3', substr($value, 16)) === substr($value, 0, 16);
}
