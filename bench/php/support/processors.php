<?php
// Which processor a process runs on.

declare(strict_types=1);

/**
 * Two processors that this process may use, of different cores if there are such.
 *
 * @return list<int> none where the system does not say
 */
function twoProcessors(): array
{
    $allowed = allowedProcessors();
    if (count($allowed) < 2) {
        return [];
    }
    $first = $allowed[0];
    $siblings = processorsIn("/sys/devices/system/cpu/cpu$first/topology/thread_siblings_list", '/^(\S+)$/m');
    $others = array_values(array_diff($allowed, $siblings));

    return [$first, $others[0] ?? $allowed[1]];
}

/** @return list<int> none where the system does not say */
function allowedProcessors(): array
{
    return processorsIn('/proc/self/status', '/^Cpus_allowed_list:\s*(\S+)$/m');
}

/**
 * A list such as "0-3,8" that stands in a file of the kernel.
 *
 * @return list<int>
 */
function processorsIn(string $file, string $pattern): array
{
    if (!is_readable($file) || preg_match($pattern, file_get_contents($file), $found) !== 1) {
        return [];
    }
    $processors = [];
    foreach (explode(',', $found[1]) as $range) {
        [$from, $to] = explode('-', $range) + [1 => $range];
        array_push($processors, ...range((int) $from, (int) $to));
    }

    return $processors;
}

/** Where everything runs that is measured alone, one at a time; not the first, which takes most interrupts. */
function benchProcessor(): ?int
{
    return twoProcessors()[1] ?? null;
}

/**
 * The beginning of a command that is to run there. Without taskset the scheduler does what it thinks best.
 *
 * @return list<string>
 */
function onProcessor(?int $processor): array
{
    return $processor === null || pathOf('taskset') === null ? [] : ['taskset', '-c', (string) $processor];
}

/** Without taskset the scheduler does what it thinks best. */
function pin(int $process, int $processor): void
{
    shell_exec("taskset -cp $processor $process 2>&1");
}
