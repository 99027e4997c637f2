--TEST--
Dates, time zones, intervals and periods come back, the user's extensions of them too
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
date.timezone=UTC
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

#[AllowDynamicProperties]
class MyDate extends DateTime
{
    public array $notes = ['default'];
    private string $secret = 'default';
    protected ?MyDate $next = null;
    public function with(array $notes, string $secret,
        ?MyDate $next): static { [$this->notes, $this->secret, $this->next] = [$notes, $secret, $next]; return $this; }
}
final class MyInterval extends DateInterval
{
    public $label = 'label';
}
final class SleepyDate extends DateTimeImmutable
{
    public array $kept = ['k'];
    public $dropped = 'dropped';
    public function __wakeup(): void { parent::__wakeup(); $this->kept[] = 'woken'; }
}
final class AskedDate extends DateTimeImmutable
{
    public array $kept = ['k'];
    public function __serialize(): array { return ['at' => $this->format(DATE_ATOM), 'kept' => $this->kept]; }
    public function __unserialize(array $data): void { $this->__construct($data['at']); $this->kept = $data; }
}

$leap = '2024-02-29 23:59:59.123456';
$from = new DateTimeImmutable('2024-01-31 12:00 Europe/Berlin');
$shared = new DateTimeZone('Asia/Kolkata');
$made = fn(object $object, callable $change) => [$change($object), $object][1];
$values = [
    'DateTime' => new DateTime($leap),
    'in a zone' => new DateTime($leap, new DateTimeZone('America/New_York')),
    'by offset' => new DateTimeImmutable("$leap+05:30"),
    'by abbreviation' => new DateTimeImmutable("$leap CEST"),
    'far' => [new DateTimeImmutable('-9999-01-01'), new DateTimeImmutable('+9999999-12-31'),
        new DateTimeImmutable('@-1.5')],
    'zones' => [new DateTimeZone('Europe/Berlin'), new DateTimeZone('+02:00'), new DateTimeZone('EDT'),
        new DateTimeZone('UTC')],
    'zone shared' => [$shared, $shared, new DateTimeImmutable('now', $shared)],
    'interval' => new DateInterval('P1Y2M3DT4H5M6S'),
    'interval of a difference' => $from->diff(new DateTimeImmutable($leap)),
    'interval, inverted' => (new DateTimeImmutable($leap))->diff($from),
    'interval from words' => [DateInterval::createFromDateString('3 days ago'),
        DateInterval::createFromDateString('last thursday of next month')],
    'interval, changed' => $made(new DateInterval('PT1S'), function ($i) { $i->f = 0.5; $i->invert = 1; $i->y = -3; }),
    'period' => new DatePeriod($from, new DateInterval('P1D'), 4),
    'period to an end' => new DatePeriod($from, new DateInterval('PT36H'), new DateTimeImmutable('2024-02-10'),
        DatePeriod::EXCLUDE_START_DATE),
    'same date twice' => [$from, $from, 'x' => [$from]],
    'extended' => (new MyDate($leap))->with(['n' => [1, [2]]], 'changed',
        (new MyDate('2000-01-01'))->with([], 'next', null)),
    'extended, dynamic' => $made(new MyDate($leap), function ($d) { $d->dynamic = ['d', str_repeat('d', 3000)]; }),
    'extended interval' => $made(new MyInterval('P1D'), function ($i) { $i->label = ['changed']; }),
    'extended, with __wakeup' => $made(new SleepyDate($leap), function ($d) { $d->dropped = 'changed'; }),
    'extended, with __serialize' => [new AskedDate($leap), 'again' => new AskedDate('2000-01-01')],
    'in objects and arrays' => (object) ['date' => $from, 'list' => [$from, ['pure' => [1, 2]]]],
    'by reference' => (function () { $d = new DateTime('2000-01-01'); return [&$d, &$d]; })(),
];
$cache = fresh_cache(16);
compare_round_trips($cache, $values);

// Not only do they look alike: they work.
$steps = [
    'formatted' => fn(DateTimeInterface $d) =>
        [$d->format(DATE_RFC3339_EXTENDED . ' e T I'), $d->getTimestamp(), $d->getOffset(),
        $d->getTimezone()->getName()],
    'compared' => fn(DateTimeInterface $d) =>
        [$d > new DateTime('2020-01-01'), $d == plain_copy($d), $d <=> new DateTimeImmutable('2024-02-29')],
    'counted on' => fn(DateTimeInterface $d) =>
        [(clone $d)->modify('+1 month'), (clone $d)->add(new DateInterval('P1D')),
        $d->diff(new DateTime('2000-01-01'))->days],
    'changed' => fn(DateTimeInterface $d) =>
        [$d->setTimezone(new DateTimeZone('Asia/Tokyo')), $d->setDate(1999, 1, 1), $d],
    'zone' => fn(DateTimeZone $z) =>
        [$z->getOffset(new DateTime('2024-07-01')), count($z->getTransitions(0, 1_000_000_000) ?: [])],
    'interval' => fn(DateInterval $i) =>
        [$i->format('%R %y %m %d %h %i %s %f %a'), (new DateTime('2024-01-31'))->add($i)],
    'period' => function (DatePeriod $p) { foreach ($p as $date) { $dates[] = $date->format('c'); } return [$dates,
        $p->getEndDate(), $p->recurrences]; },
];
compare_steps($cache, array_filter($values, 'is_object'), $steps);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
22 compared, 0 differences
all compared, 0 differences
