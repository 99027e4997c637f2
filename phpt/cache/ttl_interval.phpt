--TEST--
A DateInterval is a TTL from now on, by the calendar and to the microsecond
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('a month', 'x', new DateInterval('P1M'));
$cache->set('a second', 'x', new DateInterval('PT1S'));

$fraction = new DateInterval('PT0S');
$fraction->f = 0.3;
$cache->set('a fraction', 'x', $fraction);
var_dump($cache->has('a fraction'));

usleep(320_000);
var_dump($cache->has('a fraction'), $cache->has('a second'));
usleep(720_000);
var_dump($cache->has('a second'), $cache->has('a month'));

// Beyond what PHP's calendar can count.
var_dump($cache->set('long', 'x', new DateInterval('P300000000000Y')), $cache->get('long'));

echo "not constructed:\n";
$broken = new class extends DateInterval {
    public function __construct() {}
};
show_exception(fn() => $cache->set('a month', 'y', $broken));
var_dump($cache->get('a month'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
bool(true)
bool(false)
bool(true)
bool(false)
bool(true)
bool(true)
string(1) "x"
not constructed:
%SError: %s
string(1) "x"
