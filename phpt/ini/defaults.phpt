--TEST--
The settings and their defaults
--EXTENSIONS--
nitro
--FILE--
<?php
require __DIR__ . '/../support.inc';

foreach (ini_get_all('nitro') as $name => $setting) {
    echo "$name = $setting[global_value] ", $setting['access'] === INI_ALL ? '(any time)' : '(system)', "\n";
}
?>
--EXPECTF--
nitro.compress_above = 0 (any time)
nitro.default_ttl = 0 (any time)
nitro.entry_size = 224 (system)
nitro.huge_pages = auto (system)
nitro.idle_timeout = 600 (system)
nitro.in_place = 1 (system)
nitro.janitor = auto (system)
nitro.janitor_path = %S (system)
nitro.lock_timeout = 1 (system)
nitro.max_pinned = 0 (system)
nitro.max_pins = 256 (system)
nitro.memory = 128M (system)
nitro.name = default (any time)
nitro.protect_memory = 0 (system)
nitro.serializer = native (any time)
nitro.session_lock_lease = 0 (any time)
nitro.session_lock_wait = 30 (any time)
