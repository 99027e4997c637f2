<?php
// Stops a process that a test has started, and lets it go on.

/** @param string $name as kill(1) takes it */
function signal(int $pid, string $name): void
{
    exec("kill -$name $pid 2>/dev/null");
}

/** R, S, T…: as proc(5) has them. */
function state_of(int $pid): string
{
    $status = (string) @file_get_contents("/proc/$pid/stat");

    return substr((string) strrchr($status, ')'), 2, 1);
}

function stop(int $pid): void
{
    signal($pid, 'STOP');
    for ($end = hrtime(true) + 5e9; state_of($pid) !== 'T'; usleep(200)) {
        hrtime(true) < $end || check('a process can be stopped', false, state: state_of($pid));
    }
}

function resume(int $pid): void
{
    signal($pid, 'CONT');
}
