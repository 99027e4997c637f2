<?php
// Makes the loops that are timed: one template for each operation, with a store's own statement in it.

declare(strict_types=1);

require_once __DIR__ . '/at_exit.php';
require_once __DIR__ . '/stores.php';

// Setting a byte makes PHP forget the string's hash: it is a new string for the store.
const NEW_STRING = '$value[0] = "v";';

/**
 * Each takes $state (with the property cache), the keys, a value and how many times to go through all
 * of the keys; null where the store has no such operation. `open` gives the cache, `fetch` what it finds;
 * `warm` takes the cache; `race` is raceAround(), `OPERATION, each` is timingsAround().
 *
 * They are in a file of their own, since opcache does not optimize what eval() gets.
 *
 * @return array<string, Closure|null>
 */
function loopsOf(Store $store): array
{
    $bodies = [
        'get' => $store->get,
        'set' => $store->set,
        'set string' => $store->set(true) === null ? null : NEW_STRING . $store->set(true),
        'has' => $store->has,
        'delete' => $store->delete,
        'increment' => $store->increment,
    ];
    $code = "<?php return ['open' => static function (bool \$isScalar) { $store->open return \$cache; },\n"
        . "'warm' => static function (\$cache): void { $store->warm },\n"
        . "'fetch' => static function (\$state, \$key) { \$cache = \$state->cache; $store->get return \$found ?? null; },\n"
        . "'clear' => static function (\$state) { \$cache = \$state->cache; $store->clear \$state->cache = \$cache; },\n";
    foreach ($bodies as $operation => $body) {
        $code .= var_export($operation, true) . ' => ' . ($body === null ? 'null' : loopAround($body)) . ",\n";
        $code .= var_export("$operation, each", true) . ' => ' . ($body === null ? 'null' : timingsAround($body)) . ",\n";
    }

    $code .= "'race' => " . ($store->set(true) === null ? 'null' : raceAround($store->get, $store->set(true))) . ",\n";

    return requireCode("$code];\n");
}

/** The cache leaves $state meanwhile: an array that is shared would be copied. */
function loopAround(string $body): string
{
    return <<<PHP
        static function (stdClass \$state, array \$keys, mixed \$value, int \$times): void {
            \$cache = \$state->cache;
            \$state->cache = null;
            for (\$i = 0; \$i < \$times; ++\$i) {
                foreach (\$keys as \$key) {
                    $body
                }
            }
            \$state->cache = \$cache;
        }
        PHP;
}

/** Returns how long each single one took, and that much is in each: two looks at the clock. */
function timingsAround(string $body): string
{
    return <<<PHP
        static function (stdClass \$state, array \$keys, mixed \$value, int \$times): array {
            \$cache = \$state->cache;
            \$state->cache = null;
            \$timings = array_fill(0, \$times * count(\$keys), 0);
            \$number = 0;
            for (\$i = 0; \$i < \$times; ++\$i) {
                foreach (\$keys as \$key) {
                    \$start = hrtime(true);
                    $body
                    \$timings[\$number++] = hrtime(true) - \$start;
                }
            }
            \$state->cache = \$cache;

            return \$timings;
        }
        PHP;
}

/** Goes through the keys, some of which are written and all others read, until that time; returns how many it were. */
function raceAround(string $get, string $set): string
{
    $newString = NEW_STRING;

    return <<<PHP
        static function (stdClass \$state, array \$keys, array \$isWrite, string \$value, float \$until): int {
            \$cache = \$state->cache;
            \$state->cache = null;
            \$times = 0;
            do {
                foreach (\$keys as \$number => \$key) {
                    if (\$isWrite[\$number]) {
                        $newString
                        $set
                    } else {
                        $get
                    }
                }
                \$times += count(\$keys);
            } while (hrtime(true) < \$until);
            \$state->cache = \$cache;

            return \$times;
        }
        PHP;
}

/** Requires: opcache.file_update_protection=0, or opcache leaves the young file alone. */
function requireCode(string $code): mixed
{
    $file = tempnam(sys_get_temp_dir(), 'nitro-bench-loops-');
    file_put_contents($file, $code);
    try {
        return require $file;
    } finally {
        unlink($file);
    }
}
