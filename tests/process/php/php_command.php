<?php
// How a test starts a PHP process for the cache that it uses itself.

/** @return list<string> for proc_open(): PHP with this process's extension and settings */
function php_command(string ...$arguments): array
{
    $command = [PHP_BINARY, '-n', '-d', 'extension=' . getenv('NITRO_SO')];
    foreach (['name', 'memory', 'janitor', 'janitor_path'] as $setting) {
        array_push($command, '-d', "nitro.$setting=" . ini_get("nitro.$setting"));
    }

    return [...$command, ...$arguments];
}
