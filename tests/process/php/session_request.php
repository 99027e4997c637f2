<?php
// A web request that does something with a session.
['id' => $id, 'what' => $what, 'folder' => $folder] = json_decode(file_get_contents('php://input'), true);

final class Forgetful extends SessionHandler
{
    public function close(): bool
    {
        return true;
    }
}

if ($what === 'forget') {
    session_set_save_handler(new Forgetful());
}
session_id($id);
session_start() || exit('no session');
$_SESSION['number'] = ($_SESSION['number'] ?? 0) + 1;
switch ($what) {
    case 'increment':
        usleep(random_int(0, 3_000));
        break;
    case 'hold':
        file_put_contents("$folder/holds-$id.new", getmypid());
        rename("$folder/holds-$id.new", "$folder/holds-$id");
        for ($i = 0; $i < 3_000 && !file_exists("$folder/let-go-$id"); ++$i) {
            usleep(10_000);
            clearstatcache();
        }
        break;
    case 'exit':
        exit((string) $_SESSION['number']);
    case 'fatal':
        str_repeat('x', 1 << 40);
}
echo $_SESSION['number'];
