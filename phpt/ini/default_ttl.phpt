--TEST--
nitro.default_ttl is the TTL where none is given
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
nitro.default_ttl=0.3
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('default', 'x');
$cache->set('null', 'x', null);
$cache->set('given', 'x', 3600);
$cache->setMultiple(['several' => 'x']);
$cache->increment('counter');
ini_set('nitro.default_ttl', '0');
$cache->set('for ever', 'x');
var_dump($cache->has('default'));
usleep(320_000);
var_dump($cache->getMultiple(['default', 'null', 'given', 'several', 'counter', 'for ever'], '-'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
array(6) {
  ["default"]=>
  string(1) "-"
  ["null"]=>
  string(1) "-"
  ["given"]=>
  string(1) "x"
  ["several"]=>
  string(1) "-"
  ["counter"]=>
  string(1) "-"
  ["for ever"]=>
  string(1) "x"
}
