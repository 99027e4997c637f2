<?php
// Asks a process of any SAPI for one operation. An address is "SAPI PLACE": "cli SOCKET",
// "cli-server HOST:PORT", "fpm-fcgi SOCKET", "cgi-fcgi SOCKET".
require __DIR__ . '/fastcgi.php';

const CLIENT_TIMEOUT = 10;

/** @return array{result: mixed, sapi: string, pid: int} */
function ask(string $address, string $operation, string $key = '', mixed $value = null): array
{
    [$sapi, $place] = explode(' ', $address, 2);
    $request = serialize(['operation' => $operation, 'key' => $key, 'value' => $value]);
    $answer = match ($sapi) {
        'cli' => ask_listener($place, $request),
        'cli-server' => ask_web_server($place, $request),
        default => fastcgi_post($place, __DIR__ . '/answer.php', $request, CLIENT_TIMEOUT),
    };
    $decoded = @unserialize((string) $answer);
    return is_array($decoded) ? $decoded
        : throw new RuntimeException("$address answers: " . var_export($answer, true));
}

function ask_listener(string $socket, string $request): string
{
    $connection = stream_socket_client("unix://$socket", $error, $message, CLIENT_TIMEOUT)
        ?: throw new RuntimeException("$socket: $message");
    stream_set_timeout($connection, CLIENT_TIMEOUT);
    fwrite($connection, $request);
    stream_socket_shutdown($connection, STREAM_SHUT_WR);
    return stream_get_contents($connection);
}

function ask_web_server(string $place, string $request): string|false
{
    return file_get_contents("http://$place/", false, stream_context_create(['http' => [
        'method' => 'POST',
        'header' => 'Content-Type: application/octet-stream',
        'content' => $request,
        'timeout' => CLIENT_TIMEOUT,
    ]]));
}
