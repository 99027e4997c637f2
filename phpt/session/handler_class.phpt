--TEST--
Handlers of the user that call ours through SessionHandler
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

final class Reversing extends SessionHandler
{
    public function read(string $id): string|false
    {
        return strrev(parent::read($id));
    }

    public function write(string $id, string $data): bool
    {
        return parent::write($id, strrev($data));
    }
}

final class Forgetful extends SessionHandler
{
    public function close(): bool
    {
        return true;
    }
}

$cache = fresh_cache();
session_set_save_handler(new Reversing());
store_session('id', ['number' => 1]);
var_dump($cache->get('session:id'), session_data('id'));

echo "opened twice, and used for other ids:\n";
$handler = new SessionHandler();
session_set_save_handler($handler);
session_id('plain');
session_start();
$handler->open(ini_get('session.save_path'), 'NAME');
$handler->open(ini_get('session.save_path'), 'NAME');
var_dump($handler->read('id'), $handler->read('other'), $handler->read('id'));
var_dump($handler->write('other', 'x|i:1;'), $handler->destroy('other'), $handler->destroy('absent'), $handler->gc(1));
session_abort();

echo "never closed:\n";
session_set_save_handler(new Forgetful());
session_id('plain');
var_dump(session_start(), session_write_close(), session_start());
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
string(11) ";1:i|rebmun"
array(1) {
  ["number"]=>
  int(1)
}
opened twice, and used for other ids:
string(11) ";1:i|rebmun"
string(0) ""
string(11) ";1:i|rebmun"
bool(true)
bool(true)
bool(true)
int(0)
never closed:
bool(true)
bool(true)
bool(true)
