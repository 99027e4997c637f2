--TEST--
Without a janitor everything works, and phpinfo() says what is wrong
--EXTENSIONS--
nitro
--SKIPIF--
<?php
if (PHP_OS_FAMILY === 'Windows') die('skip uses a shell script');
?>
--INI--
nitro.janitor=auto
nitro.janitor_path=/does/not/exist
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache();
var_dump($cache->set('key', 'value'), $cache->get('key'), $cache->getStats()['janitor_pid']);
ob_start();
phpinfo(INFO_MODULES);
preg_match('/^Janitor => .*$/m', ob_get_clean(), $match);
echo $match[0], "\n";

$script = tempnam(sys_get_temp_dir(), 'nitro');
file_put_contents($script, "#!/bin/sh\nexit 7\n");
chmod($script, 0700);
$code = '
    $cache = new NitroCache(4, $name);
    var_dump($cache->get("key"));
    ob_start();
    phpinfo(INFO_MODULES);
    preg_match("/^Janitor => .*$/m", ob_get_clean(), $match);
    echo $match[0], "\n";
';
echo other_process($code, "-d nitro.janitor_path=$script");
unlink($script);
echo other_process($code, '-d nitro.janitor_path=' . sys_get_temp_dir());
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
bool(true)
string(5) "value"
int(0)
Janitor => none: /does/not/exist: No such file or directory
string(5) "value"
Janitor => none: %s ended with exit code 7
string(5) "value"
Janitor => none: %s is not a file
