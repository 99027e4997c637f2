--TEST--
What PHP does with a long string of the cache it may do with any
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
$cache->set('long', str_repeat('key ', 1000));
$long = $cache->get('long');
$plain = str_repeat('key ', 1000);

$array = [$long => 1];
var_dump(isset($array[$plain]), $array[$plain], array_key_first($array) === $plain);
$object = new stdClass;
$object->$long = 2;
var_dump($object->$plain);
var_dump(md5($long) === md5($plain), $long <=> $plain, strrev($long) === strrev($plain));
var_dump(preg_match('/' . $long . '/', $plain), unserialize(serialize($long)) === $plain);
define($long, 'constant');
var_dump(constant($plain));
$GLOBALS[$long] = 'global';
var_dump($GLOBALS[$plain]);
ini_set('user_agent', $long);
setlocale(LC_CTYPE, 'C');
putenv('LONG=' . $long);
var_dump(getenv('LONG') === $plain);

class Keeper
{
    public static mixed $kept;
    public static function remember(string $what = ''): string
    {
        static $last = '';
        return $last = $what ?: $last;
    }
}
Keeper::$kept = [$long => $long];
Keeper::remember($long);
var_dump(strlen(Keeper::remember()));

// Stored once more, from where it lies.
$cache->set('again', $long);
var_dump($cache->get('again') === $plain);

// Looked at after everything else is gone.
register_shutdown_function(function () use ($long, $plain) {
    echo "shutdown: ";
    var_dump($long === $plain);
});
$GLOBALS['last'] = new class($long, $plain) {
    public function __construct(private string $long, private string $plain) {}
    public function __destruct()
    {
        echo "destructor: ";
        var_dump($this->long === $this->plain);
    }
};
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
int(1)
bool(true)
int(2)
bool(true)
int(0)
bool(true)
int(1)
bool(true)
string(8) "constant"
string(6) "global"
bool(true)
int(4000)
bool(true)
shutdown: bool(true)
destructor: bool(true)
