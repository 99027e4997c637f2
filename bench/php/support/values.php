<?php
// What is stored.

declare(strict_types=1);

require_once __DIR__ . '/configuration.php';

final class Product
{
    public function __construct(
        public readonly int $id,
        protected string $name,
        private float $price,
    ) {
    }
}

final class Appointment
{
    public readonly DateTimeImmutable $end;

    public function __construct(
        public readonly DateTimeImmutable $start,
        public readonly DateInterval $length,
    ) {
        $this->end = $start->add($length);
    }
}

const INTEGER = 'int';
const BYTES_32 = '32 bytes';
const KILOBYTE = '1 KB';
const KILOBYTES_100 = '100 KB';
const MEGABYTE = '1 MB';
const SCALARS = '10 scalars';
const ROWS = '100 rows of 10';
const OPTIONS = '5 000 options';
const OBJECT = 'object of 3';
const OBJECTS = '100 objects of 3';
const DATES = '10 appointments';

/** @return array<string, Closure(int): mixed> each builds the value of that number; nothing in it is a literal */
function values(): array
{
    return [
        INTEGER => static fn (int $number) => $number,
        BYTES_32 => static fn (int $number) => md5((string) $number),
        KILOBYTE => static fn (int $number) => text($number, 1 << 10),
        KILOBYTES_100 => static fn (int $number) => text($number, 100 << 10),
        MEGABYTE => static fn (int $number) => text($number, 1 << 20),
        SCALARS => row(...),
        ROWS => static fn (int $number) => array_map(row(...), range($number, $number + 99)),
        OPTIONS => static fn (int $number) => configuration(),
        OBJECT => product(...),
        OBJECTS => static fn (int $number) => array_map(product(...), range($number, $number + 99)),
        DATES => static fn (int $number) => array_map(appointment(...), range($number, $number + 9)),
    ];
}

function isScalarValue(string $name): bool
{
    return in_array($name, [INTEGER, BYTES_32, KILOBYTE, KILOBYTES_100, MEGABYTE], true);
}

/** So many values of the kind are made at most: they are large. */
function isLargeValue(string $name): bool
{
    return in_array($name, [KILOBYTES_100, MEGABYTE, OPTIONS], true);
}

function text(int $number, int $length): string
{
    return substr(str_repeat(md5((string) $number), intdiv($length, 32) + 1), 0, $length);
}

/** @return array<string, scalar|null> */
function row(int $id): array
{
    return [
        'id' => $id,
        'name' => "Product $id",
        'email' => "seller$id@example.org",
        'price' => $id * 1.25,
        'stock' => $id * 7 % 100,
        'active' => $id % 2 === 0,
        'parent' => null,
        'colour' => ['red', 'green', 'blue'][$id % 3],
        'created' => date('Y-m-d H:i:s', 1_700_000_000 + $id),
        'weight' => 0.1 + $id,
    ];
}

function product(int $id): Product
{
    return new Product($id, "Product $id", $id * 1.25);
}

/** A graph: a date, an interval, and a date that both lead to. */
function appointment(int $id): Appointment
{
    $start = new DateTimeImmutable('2026-11-22 21:42:03.5 Europe/Berlin');

    return new Appointment($start->modify("+$id days"), new DateInterval('PT1H30M'));
}
