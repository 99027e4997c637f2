--TEST--
increment() sets the TTL only when it creates
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->increment('window', ttl: 0.4);
usleep(200_000);
var_dump($cache->increment('window', ttl: 3600));
usleep(220_000);
echo "a new window:\n";
var_dump($cache->increment('window', ttl: 3600));

$cache->set('for ever', 1);
$cache->increment('for ever', ttl: 0.001);
usleep(20_000);
var_dump($cache->get('for ever'));

echo "over at once:\n";
var_dump($cache->increment('never', 5, ttl: 0), $cache->has('never'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
int(2)
a new window:
int(1)
int(2)
over at once:
int(5)
bool(false)
