<?php
// What a measurement depends on: it stands before the figures, and beside them in the JSON.

declare(strict_types=1);

require_once __DIR__ . '/stores.php';

/** @return array<string, string> */
function environment(): array
{
    return array_filter([
        'processor' => found('/proc/cpuinfo', '/^model name\s*:\s*(.+)$/m'),
        'processors' => (string) preg_match_all('/^processor\s*:/m', (string) @file_get_contents('/proc/cpuinfo')),
        'memory' => found('/proc/meminfo', '/^MemTotal:\s*(.+)$/m'),
        'load at the start' => found('/proc/loadavg', '/^(\S+ \S+ \S+)/'),
        'system' => trim(found('/etc/os-release', '/^PRETTY_NAME="(.+)"$/m') . ', ' . php_uname('s') . ' ' . php_uname('r'), ', '),
        'PHP' => PHP_VERSION . (PHP_ZTS ? ' ZTS' : ' NTS') . ', opcache on, JIT off',
        'NitroCache' => extensionVersion(nitroStore()),
        'APCu' => extensionVersion(apcuStore()),
        'igbinary' => packageVersion('php-igbinary'),
        'Redis' => packageVersion('redis-server'),
        'phpredis' => packageVersion('php-redis'),
        'Memcached' => packageVersion('memcached'),
        'php-memcached' => packageVersion('php-memcached'),
        'Symfony\'s cache' => packageVersion('php-symfony-cache'),
    ]);
}

/** @param array<string, string> $environment */
function printEnvironment(array $environment): void
{
    foreach ($environment as $what => $which) {
        echo "$what: $which\n";
    }
}

function found(string $file, string $pattern): string
{
    return preg_match($pattern, (string) @file_get_contents($file), $matches) === 1 ? $matches[1] : '';
}

function extensionVersion(?Store $store): string
{
    $name = $store?->name === NITRO ? 'nitro' : 'apcu';

    return $store === null ? '' : phpOutput($store, "echo phpversion('$name');");
}

function phpOutput(Store $store, string $code): string
{
    $command = [PHP_BINARY, '-n', ...phpOptions($store->settings), '-r', $code];

    return trim((string) shell_exec(implode(' ', array_map(escapeshellarg(...), $command))));
}

function packageVersion(string $package): string
{
    return trim((string) shell_exec("dpkg-query -W -f '\${Version}' $package 2>/dev/null"));
}
