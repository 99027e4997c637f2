<?php
// Each process of the first half of the addresses writes, each of the second half reads, at once.
//   share.php ADDRESS…
require __DIR__ . '/checks.php';
require __DIR__ . '/clients.php';

[$writers, $readers] = array_chunk(array_slice($argv, 1), intdiv($argc - 1, 2));

foreach (array_merge($writers, $readers) as $address) {
    $answer = ask($address, 'has', 'anything');
    check("$address is what it is called", $answer['sapi'] === explode(' ', $address)[0],
        sapi: $answer['sapi']);
    $pids[] = $answer['pid'];
}
check('all of them are different processes', $pids === array_unique($pids), pids: $pids);

foreach ($writers as $writer) {
    foreach ($readers as $reader) {
        $pair = strtok($writer, ' ') . ' -> ' . strtok($reader, ' ');
        $values = ['short' => "written for $pair", 'long' => str_repeat($pair, 10000),
            'array' => [1, 'two' => [null, 3.5]], 'int' => 41];
        foreach ($values as $kind => $value) {
            foreach ([$value, null, $value] as $written) {
                $stored = ask($writer, 'set', "$pair $kind", $written)['result'];
                $seen = ask($reader, 'get', "$pair $kind")['result'];
                if ($stored !== true || $seen !== $written) {
                    check("$pair: $kind", false, stored: $stored, written: $written, seen: $seen);
                }
            }
        }
        check("$pair: values and what they are overwritten with are seen", true);

        $counts = [ask($writer, 'increment', "$pair int")['result'],
            ask($reader, 'increment', "$pair int")['result'],
            ask($writer, 'increment', "$pair int")['result'],
            ask($reader, 'get', "$pair int")['result']];
        check("$pair: both count on", $counts === [42, 43, 44, 44], counts: $counts);

        ask($writer, 'delete', "$pair short");
        $seen = [ask($reader, 'has', "$pair short")['result'],
            ask($reader, 'get', "$pair short")['result']];
        check("$pair: what was deleted is gone", $seen === [false, null], seen: $seen);
    }
}
