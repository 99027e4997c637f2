<?php
// A FastCGI client: one POST request per connection, over a unix socket. (FastCGI Specification 1.0:
// a record is version, type, request id, length, padding length, and the content.)

const FASTCGI_BEGIN = 1;
const FASTCGI_END = 3;
const FASTCGI_PARAMS = 4;
const FASTCGI_STDIN = 5;
const FASTCGI_STDOUT = 6;

function fastcgi_record(int $type, string $content): string
{
    return pack('CCnnCx', 1, $type, 1, strlen($content), 0) . $content;
}

function fastcgi_length(string $text): string
{
    return strlen($text) < 128 ? chr(strlen($text)) : pack('N', strlen($text) | 1 << 31);
}

/**
 * Asks, and does not wait for the answer.
 *
 * @return resource where it will come
 */
function fastcgi_ask(string $socket, string $script, string $body, int $timeout)
{
    $params = '';
    $variables = ['REQUEST_METHOD' => 'POST', 'SCRIPT_FILENAME' => $script,
        'CONTENT_TYPE' => 'application/octet-stream', 'CONTENT_LENGTH' => (string) strlen($body)];
    foreach ($variables as $name => $value) {
        $params .= fastcgi_length($name) . fastcgi_length($value) . $name . $value;
    }
    $request = fastcgi_record(FASTCGI_BEGIN, pack('nCx5', 1, 0))
        . fastcgi_record(FASTCGI_PARAMS, $params) . fastcgi_record(FASTCGI_PARAMS, '');
    foreach (str_split($body, 65535) as $part) {
        $request .= fastcgi_record(FASTCGI_STDIN, $part);
    }
    $request .= fastcgi_record(FASTCGI_STDIN, '');

    $connection = stream_socket_client("unix://$socket", $error, $message, $timeout)
        ?: throw new RuntimeException("$socket: $message");
    stream_set_timeout($connection, $timeout);
    fwrite($connection, $request);
    return $connection;
}

/** The body of the answer. */
function fastcgi_post(string $socket, string $script, string $body, int $timeout): string
{
    return fastcgi_answer(fastcgi_ask($socket, $script, $body, $timeout));
}

/**
 * The body of the answer to fastcgi_ask(), and the end of the connection.
 *
 * @param resource $connection
 */
function fastcgi_answer($connection): string
{
    $output = '';
    do {
        $header = stream_get_contents($connection, 8);
        if (strlen($header) < 8) {
            throw new RuntimeException("The connection ended in the middle of an answer: $output");
        }
        ['type' => $type, 'length' => $length, 'padding' => $padding] =
            unpack('Cversion/Ctype/nid/nlength/Cpadding', $header);
        $content = $length + $padding > 0 ? stream_get_contents($connection, $length + $padding) : '';
        if ($type === FASTCGI_STDOUT) {
            $output .= substr($content, 0, $length);
        }
    } while ($type !== FASTCGI_END);
    fclose($connection);  // the worker waits for this
    return explode("\r\n\r\n", $output, 2)[1] ?? $output;
}
