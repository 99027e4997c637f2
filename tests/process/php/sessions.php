<?php
// Asks php-fpm for requests with sessions, and takes part in them.
//   sessions.php SOCKET FOLDER
require __DIR__ . '/checks.php';
require __DIR__ . '/fastcgi.php';

ob_start(null, 1);  // session settings may change until the first output
[, $socket, $folder] = $argv;
const TIMEOUT = 40;

/** @return resource */
function ask(string $id, string $what)
{
    global $socket, $folder;
    $request = json_encode(['id' => $id, 'what' => $what, 'folder' => $folder]);
    return fastcgi_ask($socket, __DIR__ . '/session_request.php', $request, TIMEOUT);
}

function answer(string $id, string $what): string
{
    return fastcgi_answer(ask($id, $what));
}

/** @param resource $connection */
function has_answered($connection, float $seconds): bool
{
    $read = [$connection];
    $none = null;
    return stream_select($read, $none, $none, 0, (int) ($seconds * 1e6)) === 1;
}

/** Waits until a request holds the session; its process. */
function holder_of(string $id): int
{
    global $folder;
    for ($i = 0; $i < 2_000 && !file_exists("$folder/holds-$id"); ++$i) {
        usleep(10_000);
        clearstatcache();
    }
    return (int) file_get_contents("$folder/holds-$id");
}

/** What the session holds; null: somebody else has it. */
function number_within(string $id, float $seconds): ?int
{
    ini_set('nitro.session_lock_wait', (string) $seconds);
    session_id($id);
    if (!@session_start(['read_and_close' => true])) {
        return null;
    }
    return $_SESSION['number'] ?? 0;
}

const REQUESTS = 100;
$connections = array_map(fn() => ask('shared', 'increment'), range(1, REQUESTS));
$numbers = array_map(fastcgi_answer(...), $connections);
sort($numbers);
check('parallel requests that count in one session lose nothing', $numbers == range(1, REQUESTS), numbers: $numbers);
check('and this process reads the sum', number_within('shared', 10) === REQUESTS);

for ($i = 1; $i <= 300; ++$i) {
    $last = answer('sequence', 'increment');
}
check('many requests, one by one, lose nothing', $last === '300', last: $last);

$holding = ask('held', 'hold');
holder_of('held');
check('a request of another session does not wait', answer('free', 'increment') === '1');
$waiting = ask('held', 'increment');
check('one of the same session does', !has_answered($waiting, 0.3));
check('and so does another process', number_within('held', 0.2) === null);
touch("$folder/let-go-held");
check('the first one ends', fastcgi_answer($holding) === '1');
check('then the other one finds what it has stored', fastcgi_answer($waiting) === '2');

$holding = ask('killed', 'hold');
$pid = holder_of('killed');
$waiting = ask('killed', 'increment');
check('a request waits for one that will be killed', !has_answered($waiting, 0.2));
$start = hrtime(true);
exec("kill -9 $pid");
check('then it goes on, without what was not stored', fastcgi_answer($waiting) === '1');
$seconds = (hrtime(true) - $start) / 1e9;
check('long before it would give up', $seconds < 20, seconds: $seconds);

$ends = [
    'exit' => 'exit',
    'fatal' => 'a fatal error',
    'forget' => 'a handler of the user that closes nothing',
];
foreach ($ends as $what => $sentence) {
    answer($what, $what);
    $number = number_within($what, 5);
    check("a request that ends with $sentence leaves its session to others", $number === 1, number: $number);
}
