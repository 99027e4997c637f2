--TEST--
phpinfo() shows the version, the settings, and the caches with their memory
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
$cache->set('key', str_repeat('x', 100_000));
ob_start();
phpinfo(INFO_MODULES);
preg_match('/^nitro\n(.*?)\n\n[a-zA-Z]+\n\n/ms', ob_get_clean(), $match);
echo $match[1];
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
NitroCache => enabled
Version => 0.1.0
zstd => %s

Directive => Local Value => Master Value
nitro.compress_above => 0 => 0
nitro.default_ttl => 0 => 0
nitro.entry_size => 224 => 224
nitro.huge_pages => auto => auto
nitro.idle_timeout => 600 => 600
nitro.in_place => 1 => 1
nitro.janitor => no value => no value
nitro.janitor_path => %s => %s
nitro.lock_timeout => 1 => 1
nitro.max_pinned => 0 => 0
nitro.max_pins => 256 => 256
nitro.memory => 128M => 128M
nitro.name => default => default
nitro.protect_memory => 0 => 0
nitro.serializer => native => native
nitro.session_lock_lease => 0 => 0
nitro.session_lock_wait => 30 => 30

%wCache phpt-%s-phpinfo%w
Segment => %s
Memory => 0.1%d MB of %f MB in use, segment 4.00 MB
Entries => 1
Largest value => %d bytes
In place => %s
Janitor => none
