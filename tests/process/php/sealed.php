<?php
// Values that tell whether they are whole, and whose they are: strings, arrays and objects.

final class Sealed
{
    public function __construct(public string $text, public array $pieces)
    {
    }
}

/** `$length`: of the text that is in it, about. */
function sealed(string $key, int $length): string|array|Sealed
{
    $text = "$key|" . str_pad('', $length, bin2hex(random_bytes(8)));
    $text = hash('xxh3', $text) . $text;
    $pieces = ['all' => str_split($text, 100), 'length' => strlen($text)];

    return match (mt_rand(0, 3)) {
        0, 1 => $text,
        2 => ['text' => $text, 'pieces' => $pieces],
        3 => new Sealed($text, $pieces),
    };
}

function is_sealed(string $key, mixed $value): bool
{
    if (is_string($value)) {
        return str_starts_with(substr($value, 16), "$key|")
            && hash('xxh3', substr($value, 16)) === substr($value, 0, 16);
    }
    $parts = $value instanceof Sealed ? (array) $value : $value;

    return is_array($parts) && array_keys($parts) === ['text', 'pieces']
        && is_string($parts['text']) && is_sealed($key, $parts['text'])
        && $parts['pieces'] === ['all' => str_split($parts['text'], 100), 'length' => strlen($parts['text'])];
}
