--TEST--
Huge pages are asked for where a cache has 64 MB or more, unless nitro.huge_pages is off
--EXTENSIONS--
nitro
--SKIPIF--
<?php
if (!is_dir('/sys/kernel/mm/transparent_hugepage')) die('skip a Linux without huge pages');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

/** For each mapping of the cache of so many megabytes, whether huge pages were asked for. */
function show(int $megabytes, string $settings): void
{
    remove_cache();
    echo "$megabytes MB, $settings: ", other_process('
        $segment = (new NitroCache(' . $megabytes . ', $name))->getStats()["segment"];
        $mapping = "~^\S+ .*" . preg_quote($segment) . "\n(?:\w+:.*\n)*?VmFlags:(.*)$~m";
        preg_match_all($mapping, file_get_contents("/proc/self/smaps"), $found);
        echo implode(", ", array_map(fn($flags) => str_contains($flags, " hg") ? "asked for" : "not asked for", $found[1]));',
        "-d $settings"), "\n";
}

show(64, 'nitro.huge_pages=auto');
show(64, 'nitro.huge_pages=off');
show(63, 'nitro.huge_pages=auto');
show(64, 'nitro.protect_memory=1');
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
64 MB, nitro.huge_pages=auto: asked for
64 MB, nitro.huge_pages=off: not asked for
63 MB, nitro.huge_pages=auto: not asked for
64 MB, nitro.protect_memory=1: asked for, asked for
