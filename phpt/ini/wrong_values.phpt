--TEST--
A wrong value is named at start-up with what is allowed and what is used, and PHP starts
--EXTENSIONS--
nitro
--FILE--
<?php
require __DIR__ . '/../support.inc';

function start_with(string $name, string $value): void
{
    echo other_process("echo ini_get('$name'), PHP_EOL, PHP_EOL;",
        "-d display_startup_errors=1 -d html_errors=0 -d " . escapeshellarg("$name=$value"));
}

start_with('nitro.memory', '"12 apples"');
start_with('nitro.memory', '1K');
start_with('nitro.memory', '65G');
start_with('nitro.memory', '99999999999999999999');
start_with('nitro.memory', '-5M');
start_with('nitro.name', 'a/b');
start_with('nitro.default_ttl', '-1');
start_with('nitro.default_ttl', 'soon');
start_with('nitro.janitor', 'perhaps');
start_with('nitro.idle_timeout', '1.5');
start_with('nitro.entry_size', '63');
start_with('nitro.lock_timeout', '0');
start_with('nitro.session_lock_wait', '3601');
start_with('nitro.session_lock_lease', 'long');
start_with('nitro.in_place', 'maybe');
start_with('nitro.protect_memory', 'always');
start_with('nitro.huge_pages', '2M');
start_with('nitro.max_pins', '257');
start_with('nitro.max_pinned', 'much');
start_with('nitro.compress_above', '-1');
start_with('nitro.serializer', 'php');
?>
--EXPECT--
Warning: PHP Startup: nitro.memory is "12 apples", but must be a size from 1M to 64G; "128M" is used instead in Unknown on line 0
128M


Warning: PHP Startup: nitro.memory is "1K", but must be a size from 1M to 64G; "128M" is used instead in Unknown on line 0
128M


Warning: PHP Startup: nitro.memory is "65G", but must be a size from 1M to 64G; "128M" is used instead in Unknown on line 0
128M


Warning: PHP Startup: nitro.memory is "99999999999999999999", but must be a size from 1M to 64G; "128M" is used instead in Unknown on line 0
128M


Warning: PHP Startup: nitro.memory is "-5M", but must be a size from 1M to 64G; "128M" is used instead in Unknown on line 0
128M


Warning: PHP Startup: nitro.name is "a/b", but must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot; "default" is used instead in Unknown on line 0
default


Warning: PHP Startup: nitro.default_ttl is "-1", but must be a number of seconds, or 0 for no limit; "0" is used instead in Unknown on line 0
0


Warning: PHP Startup: nitro.default_ttl is "soon", but must be a number of seconds, or 0 for no limit; "0" is used instead in Unknown on line 0
0


Warning: PHP Startup: nitro.janitor is "perhaps", but must be auto or off; "auto" is used instead in Unknown on line 0
auto


Warning: PHP Startup: nitro.idle_timeout is "1.5", but must be a whole number of seconds from 0 to 31536000; "600" is used instead in Unknown on line 0
600


Warning: PHP Startup: nitro.entry_size is "63", but must be a number of bytes from 64 to 65536; "224" is used instead in Unknown on line 0
224


Warning: PHP Startup: nitro.lock_timeout is "0", but must be a number of seconds from 0.001 to 3600; "1" is used instead in Unknown on line 0
1


Warning: PHP Startup: nitro.session_lock_wait is "3601", but must be a number of seconds from 0 to 3600; "30" is used instead in Unknown on line 0
30


Warning: PHP Startup: nitro.session_lock_lease is "long", but must be a number of seconds, or 0 for no limit; "0" is used instead in Unknown on line 0
0


Warning: PHP Startup: nitro.in_place is "maybe", but must be on or off; "1" is used instead in Unknown on line 0
1


Warning: PHP Startup: nitro.protect_memory is "always", but must be on or off; "0" is used instead in Unknown on line 0
0


Warning: PHP Startup: nitro.huge_pages is "2M", but must be auto or off; "auto" is used instead in Unknown on line 0
auto


Warning: PHP Startup: nitro.max_pins is "257", but must be a number from 0 to 256; "256" is used instead in Unknown on line 0
256


Warning: PHP Startup: nitro.max_pinned is "much", but must be a size up to 64G, or 0 for no limit; "0" is used instead in Unknown on line 0
0


Warning: PHP Startup: nitro.compress_above is "-1", but must be a size up to 64G, or 0 for off; "0" is used instead in Unknown on line 0
0


Warning: PHP Startup: nitro.serializer is "php", but must be native or igbinary; "native" is used instead in Unknown on line 0
native
