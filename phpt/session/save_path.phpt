--TEST--
session.save_path: the cache and the prefix, and what is wrong with one
--EXTENSIONS--
nitro
session
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/session.inc';

fresh_cache();
$name = cache_name();
foreach ([
    '', ';', "name=$name", "name=$name;", 'prefix=p:', "prefix=p:;name=$name", 'prefix=', 'prefix=' . str_repeat('p', 128),
    '/tmp', "name=$name;size=5", 'Name=x', 'name=', 'name=a/b', 'name=.x', 'name=' . str_repeat('n', 65),
    'prefix=' . str_repeat('p', 129),
] as $path) {
    ini_set('nitro.name', $name);
    ini_set('session.save_path', $path);
    echo str_replace($name, 'NAME', substr($path, 0, 60)), ': ';
    session_id('id');
    var_dump(session_start());
    if (session_status() === PHP_SESSION_ACTIVE) {
        $_SESSION['path'] = strlen($path);
        session_write_close();
    }
}
$cache = new NitroCache(name: $name);
var_dump($cache->has('session:id'), $cache->has('p:id'), $cache->has('id'), $cache->has(str_repeat('p', 128) . 'id'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
: bool(true)
;: bool(true)
name=NAME: bool(true)
name=NAME;: bool(true)
prefix=p:: bool(true)
prefix=p:;name=NAME: bool(true)
prefix=: bool(true)
prefix=ppppppppppppppppppppppppppppppppppppppppppppppppppppp: bool(true)
/tmp: 
Warning: session_start(): session.save_path: "/tmp" is neither name=NAME nor prefix=PREFIX in %s on line %d

Warning: session_start(): Failed to initialize storage module: nitro (path: /tmp) in %s on line %d
bool(false)
name=NAME;size=5: 
Warning: session_start(): session.save_path: "size=5" is neither name=NAME nor prefix=PREFIX in %s on line %d

Warning: session_start(): Failed to initialize storage module: nitro (path: name=%s) in %s on line %d
bool(false)
Name=x: 
Warning: session_start(): session.save_path: "Name=x" is neither name=NAME nor prefix=PREFIX in %s on line %d

Warning: session_start(): Failed to initialize storage module: nitro (path: Name=x) in %s on line %d
bool(false)
name=: 
Warning: session_start(): The name in session.save_path is "", but must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot in %s on line %d

Warning: session_start(): Failed to initialize storage module: nitro (path: name=) in %s on line %d
bool(false)
name=a/b: 
Warning: session_start(): The name in session.save_path is "a/b", but must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot in %s on line %d

Warning: session_start(): Failed to initialize storage module: nitro (path: name=a/b) in %s on line %d
bool(false)
name=.x: 
Warning: session_start(): The name in session.save_path is ".x", but must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot in %s on line %d

Warning: session_start(): Failed to initialize storage module: nitro (path: name=.x) in %s on line %d
bool(false)
name=nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn: 
Warning: session_start(): The name in session.save_path is "%s", but must be 1 to 64 characters of A-Z a-z 0-9 . _ - that do not begin with a dot in %s on line %d

Warning: session_start(): Failed to initialize storage module: nitro (path: name=%s) in %s on line %d
bool(false)
prefix=ppppppppppppppppppppppppppppppppppppppppppppppppppppp: 
Warning: session_start(): The prefix in session.save_path has 129 bytes, but must have no more than 128 in %s on line %d

Warning: session_start(): Failed to initialize storage module: nitro (path: prefix=%s) in %s on line %d
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
