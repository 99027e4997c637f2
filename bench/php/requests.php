<?php
// One fetch per request, through php-fpm: what a store adds to a request that does nothing else.

declare(strict_types=1);

require_once __DIR__ . '/support/bench.php';
require_once dirname(__DIR__, 2) . '/tests/process/php/fastcgi.php';

const REQUESTS = 'One request through php-fpm';
const REQUEST_TIMEOUT = 10;

function measureRequests(Bench $bench): void
{
    if (Server::fpmPath() === null) {
        echo "\nRequests were not measured: php-fpm is not there.\n";

        return;
    }
    $stores = array_values(array_filter($bench->stores(), static fn (Store $store) => !$store->onlyCompound
        && !in_array($store->name, [PHP_ARRAY, APCU_TUNED], true)));
    $table = new Table($bench->results, REQUESTS, array_column($stores, 'name'));
    $table->printHead('µs');
    $row = 'a string of 32 bytes is fetched';
    $servers = [];
    $measurements = [];
    foreach ($stores as $store) {
        $settings = ['zend_extension=opcache', 'opcache.file_update_protection=0', ...$store->settings];
        $servers[] = $server = Server::fpm($settings, benchProcessor());
        $script = requestScript($store);
        $answer = fastcgi_post($server->socket, $script, 'fill', REQUEST_TIMEOUT);
        !$store->keeps || $answer === str_repeat('v', 32) ?: giveUp("$store->name through php-fpm answers: $answer");
        $measurements[$store->name] = static fn () => timeOfRequests($server->socket, $script, $bench->effort->requests);
    }
    foreach ($bench->inTurn($measurements) as $store => $times) {
        $bench->results->add(new Figure(REQUESTS, $row, $store, 'µs', $times));
    }
    $table->printRow($row);
    array_map(static fn (Server $server) => $server->stop(), $servers);
}

/** Any body means that the value is to be stored. */
function requestScript(Store $store): string
{
    $file = temporaryFolder() . "/request of $store->name.php";
    file_put_contents($file, <<<PHP
        <?php
        \$isScalar = true;
        \$key = 'key';
        $store->open
        if (\$_SERVER['CONTENT_LENGTH'] > 0) {
            \$value = str_repeat('v', 32);
            $store->set
        }
        $store->get
        echo \$found;
        PHP);

    return $file;
}

/** Microseconds of one, on the clock on the wall: the median of so many. */
function timeOfRequests(string $socket, string $script, int $count): float
{
    $times = [];
    for ($request = 0; $request < $count; ++$request) {
        $start = hrtime(true);
        fastcgi_post($socket, $script, '', REQUEST_TIMEOUT);
        $times[] = (hrtime(true) - $start) / 1e3;
    }

    return median($times);
}
