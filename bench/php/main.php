<?php
// All measurements of scripts/bench, which runs this.

declare(strict_types=1);

require_once __DIR__ . '/growth.php';
require_once __DIR__ . '/latency.php';
require_once __DIR__ . '/limits.php';
require_once __DIR__ . '/memory.php';
require_once __DIR__ . '/operations.php';
require_once __DIR__ . '/processes.php';
require_once __DIR__ . '/requests.php';
require_once __DIR__ . '/startup.php';
require_once __DIR__ . '/support/bench.php';
require_once __DIR__ . '/support/command_line.php';
require_once __DIR__ . '/support/environment.php';

const HELP = <<<'TEXT'
    Usage: scripts/bench [--quick | --brief] [--growth] [--check] [--only GROUP,…] [--json FILE]

    Measures out/nitro.so beside what else there is: every store in turn, in several rounds. Prints the
    medians of the rounds, half the distance of their quarters for NitroCache, and how many times as much
    as NitroCache's each other figure is. The empty loop is subtracted.

      --quick      fewer workloads, fewer and shorter rounds: less than a minute
      --brief      each workload for a moment, and beside APCu alone: shows that it works, and the figures
                   say nothing
      --growth     instead of that: what operations cost as entries, memory and processes become more;
                   takes ten minutes or more, and up to 20 GB of memory; less, if less is free
      --check      exit code 1 if a figure is over its limit
      --only …     only these groups: operations, processes, latency, startup, requests, memory
      --json FILE  where all figures go, instead of out/bench/full.json, quick.json,
                   growth.json or GROUP.json

    Environment: NITRO_SO and APCU name other extensions than out/nitro.so and the packaged one.
    NITRO_SETTINGS names settings for NitroCache: "nitro.in_place=0 nitro.protect_memory=1".

    TEXT;

// The last one only if it is asked for.
const GROUPS = [
    'operations' => 'measureOperations',
    'processes' => 'measureProcesses',
    'latency' => 'measureLatency',
    'startup' => 'measureStartup',
    'requests' => 'measureRequests',
    'memory' => 'measureMemory',
    'growth' => 'measureGrowth',
];

$options = optionsOf($argv, ['quick' => false, 'brief' => false, 'growth' => false, 'check' => false, 'only' => '', 'json' => ''], HELP);
$environment = environment();
printEnvironment($environment);
$effort = match (true) {
    $options['brief'] => Effort::brief(),
    $options['quick'] => Effort::quick(),
    default => Effort::thorough(),
};
$bench = new Bench($effort, $options['quick']);
namePeersThatAreMissing();
$groups = match (true) {
    $options['growth'] => ['growth'],
    $options['only'] === '' => array_diff(array_keys(GROUPS), ['growth']),
    default => explode(',', $options['only']),
};
foreach ($groups as $group) {
    (GROUPS[$group] ?? giveUp("There is no group \"$group\"."))($bench);
}

$kind = match (true) {
    $options['growth'] => 'growth',
    $options['only'] !== '' => $options['only'],
    default => $options['quick'] ? 'quick' : 'full',
};
$default = dirname(__DIR__, 2) . "/out/bench/$kind.json";
$file = $options['json'] === '' ? $default : $options['json'];
$bench->results->write($file, ['environment' => $environment, 'arguments' => array_slice($argv, 1)]);
echo "\nAll figures are in $file.\n";
exit(!checkLimits($bench->results) && $options['check'] ? 1 : 0);
