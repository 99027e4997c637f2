<?php
// What a measurement depends on, said before its figures.

declare(strict_types=1);

require_once __DIR__ . '/temporary_cache.php';

function hasApcu(): bool
{
    return function_exists('apcu_enabled') && apcu_enabled();
}

function printEnvironment(): void
{
    printf(
        "PHP %s %s, opcache %s, JIT %s\n",
        PHP_VERSION,
        PHP_ZTS ? 'ZTS' : 'NTS',
        opcacheIsOn() ? 'on' : 'off',
        jitIsOn() ? 'on' : 'off',
    );
    printf(
        "NitroCache %s: size %d MB, nitro.entry_size=%s, nitro.janitor=%s\n",
        phpversion('nitro'),
        MEMORY_MB,
        ini_get('nitro.entry_size'),
        ini_get('nitro.janitor') ?: 'off',
    );
    if (hasApcu()) {
        printf(
            "APCu %s: apc.shm_size=%s, apc.entries_hint=%s, apc.ttl=%s, apc.use_request_time=%s\n",
            phpversion('apcu'),
            ini_get('apc.shm_size'),
            ini_get('apc.entries_hint'),
            ini_get('apc.ttl'),
            ini_get('apc.use_request_time'),
        );
    } else {
        echo "APCu is not there: no ratios. (Its package is php-apcu; apc.enable_cli must be 1.)\n";
    }
    foreach (['xdebug', 'pcov'] as $slow) {
        if (extension_loaded($slow)) {
            echo "Warning: $slow is loaded; the figures say nothing.\n";
        }
    }
}

function opcacheIsOn(): bool
{
    return function_exists('opcache_get_status') && (opcache_get_status(false)['opcache_enabled'] ?? false);
}

function jitIsOn(): bool
{
    return opcacheIsOn() && (opcache_get_status(false)['jit']['on'] ?? false);
}
