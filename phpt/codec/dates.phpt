--TEST--
Dates come back to the microsecond, with their zones, whatever their class, year and kind of zone
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
date.timezone=UTC
--FILE--
<?php
require __DIR__ . '/../support.inc';

class Dated extends DateTimeImmutable { public $own = 'o'; protected ?Dated $next = null; }
class Silent extends DateTime { public function __construct() {} }
class Renamed extends DateTime { public function __serialize(): array { return ['at' => $this->format('Y-m-d\TH:i:s.uP')]; }
    public function __unserialize(array $data): void { parent::__construct($data['at']); } }

$texts = ['now', '2026-11-22 21:42:03.5 Europe/Berlin', '2026-07-01 00:00:00.000001 EDT', '2026-07-01 12:00 +02:00',
    '1999-12-31 23:59:59.999999 -11:30', '@1234567890', '@-1.5', '0000-01-01 00:00 UTC', '-0044-03-15 12:00 UTC',
    '2024-02-29 23:00 America/St_Johns', '2026-10-25 02:30 CEST', '2026-10-25 02:30 CET', '0987-06-05 04:03:02.010203 Asia/Tokyo'];
$dates = [];
foreach ($texts as $text) {
    $dates[] = new DateTimeImmutable($text);
    $dates[] = new DateTime($text);
    $dates[] = new Dated($text);
}
$dates[] = new Renamed($texts[1]);
$dates[] = (new DateTimeImmutable('UTC'))->setDate(9999, 12, 31);
$dates[] = (new DateTimeImmutable('UTC'))->setDate(10000, 1, 1);
$dates[] = (new DateTimeImmutable('UTC'))->setDate(-1, 1, 1);
$dates[] = new DateTime('2026-01-01', new DateTimeZone('+01:02'));
$dynamic = new DateTime('2026-01-01');
$dynamic->more = ['m'];
$dates[] = $dynamic;
$changed = new DateTime('2026-01-31 Europe/Berlin');
$changed->modify('+1 month')->setTimestamp($changed->getTimestamp() + 1);
$dates[] = $changed;
var_dump(new DateTimeImmutable('2000-01-01') == $dates[0]);  // looks into them

$cache = fresh_cache(16);
$wrong = [];
foreach ($dates as $number => $date) {
    $cache->set('date', $date);
    $found = $cache->get('date');
    if (serialize($found) !== serialize($date) || $found != $date || get_class($found) !== get_class($date)) {
        $wrong[] = [$number, $date, $found];
    }
}
var_dump($wrong);

$cache->set('same', [$dates[0], $dates[0], 'by' => ['key' => $dates[0]], $dates[1]]);
$same = $cache->get('same');
var_dump($same[0] === $same[1], $same[0] === $same['by']['key'], $same[2] == $dates[1]);
show_exception(fn() => $cache->set('silent', new Silent));
var_dump($cache->has('silent'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
bool(false)
array(0) {
}
bool(true)
bool(true)
bool(true)
%s: %s
bool(false)
