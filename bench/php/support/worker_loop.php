<?php
// A process that is asked through its standard input. Gets a store and then orders, a line each, and
// answers each with a line: {"answer": …} or {"error": "…"}.

declare(strict_types=1);

require_once __DIR__ . '/stores.php';

/** @param Closure(Store): object $make whose methods are called */
function serveOrders(Closure $make): void
{
    ini_set('display_errors', 'stderr');
    $worker = $make(unserialize(base64_decode((string) fgets(STDIN))));
    while (($line = fgets(STDIN)) !== false) {
        [$method, $arguments] = json_decode($line, true, flags: JSON_THROW_ON_ERROR);
        try {
            $answer = ['answer' => $worker->$method(...$arguments)];
        } catch (Throwable $error) {
            $answer = ['error' => get_class($error) . ': ' . $error->getMessage()];
        }
        echo json_encode($answer, JSON_THROW_ON_ERROR), "\n";
    }
}
