<?php
// PHP processes that a test talks with, by lines.
require_once __DIR__ . '/php_command.php';

const LONGEST_SILENCE = 30;  // seconds

/** @return array{resource, array<resource>}: the process, its stdin and stdout. It does not outlive this one. */
function start_php(string ...$arguments): array
{
    return start_command(php_command(...$arguments));
}

/** @param list<string> $command */
function start_command(array $command): array
{
    $process = proc_open(['setpriv', '--pdeathsig', 'KILL', ...$command], [['pipe', 'r'], ['pipe', 'w']], $pipes);

    return [$process, $pipes];
}

function hear(array $pipes): string
{
    $readable = [$pipes[1]];
    $none = null;

    return stream_select($readable, $none, $none, LONGEST_SILENCE) > 0 ? (string) fgets($pipes[1])
        : 'nothing for ' . LONGEST_SILENCE . ' seconds';
}

/** What a process answers, in JSON. */
function answer_of(array $pipes, string $question = 'go on'): array
{
    fwrite($pipes[0], "$question\n");
    $line = hear($pipes);
    $answer = json_decode($line, true);
    is_array($answer) || check('a process answers', false, said: $line);

    return $answer;
}

function pid_of($process): int
{
    return proc_get_status($process)['pid'];
}

function kill($process): void
{
    proc_terminate($process, 9);
    proc_close($process);
}
