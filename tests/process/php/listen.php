<?php
// A command-line process that performs the operations it is asked for at a socket, one per
// connection.
//   listen.php SOCKET idle|reading|writing
// Between them, and all the time, it does nothing, or reads, or reads and writes.
require __DIR__ . '/operation.php';

[, $socket, $habit] = $argv;
$cache = new NitroCache();
$mine = 'of ' . getmypid();
// The socket gets its name when it is ready.
$server = stream_socket_server("unix://$socket.new");
rename("$socket.new", $socket);

while (true) {
    $readable = [$server];
    $none = null;
    $patience = $habit === 'idle' ? [null, null] : [0, 100];
    if (stream_select($readable, $none, $none, ...$patience) > 0) {
        $connection = stream_socket_accept($server);
        $request = unserialize(stream_get_contents($connection));
        fwrite($connection, serialize(perform($cache, $request)));
        fclose($connection);
    }
    for ($i = 0; $habit !== 'idle' && $i < 50; $i++) {
        if ($habit === 'writing') {
            $cache->set($mine, str_repeat('.', 10 * $i));
        }
        $cache->get($mine);
    }
}
