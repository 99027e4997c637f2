--TEST--
What was stored by one class is read by later ones: two stored names of one property, names that are numbers
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
/** Runs each in a process of its own, in turn. */
function stages(string ...$codes): void
{
    foreach ($codes as $code) {
        echo other_process('$c = new NitroCache(name: $name); ' . $code);
    }
}

echo "A property that is there by two names: the objects that it had live on\n";
stages(
    'class C { private $x; function __construct($x) { $this->x = $x; } }
     $s = new stdClass; $s->name = "shared"; $c->set("k", [new C($s), (object) ["i" => "intruder"], $s]);',
    '#[AllowDynamicProperties] class C {} $v = $c->get("k"); $v[0]->x = 5; $c->set("k", $v);',
    'class C { public $x; } $v = $c->get("k"); echo $v[0]->x, " ", $v[1]->i, " ", $v[2]->name, "\n";',
);

echo "Dynamic properties reach __unserialize() behind the declared ones, numbers as numbers\n";
stages(
    '#[AllowDynamicProperties] class C { public $a = 1; protected $b = 2; }
     $o = new C; $o->{"7"} = "seven"; $o->more = [1]; $c->set("k", $o);',
    'class C { function __unserialize(array $d): void { echo json_encode(array_keys($d)), " $d[7]\n"; } } $c->get("k");',
);

echo "Each object of a missing class asks for it\n";
stages(
    'class C { public $a = 1; } $c->set("k", [new C, new C]);',
    'ini_set("unserialize_callback_func", "ask"); function ask($class) { echo "asked for $class\n"; }
     spl_autoload_register(function ($class) { echo "loads $class\n"; });
     echo count(array_filter(@$c->get("k"), fn($o) => $o instanceof __PHP_Incomplete_Class)), "\n";',
);

echo "An incomplete object without a name\n";
$cache->set('k', new __PHP_Incomplete_Class);
var_dump((array) $cache->get('k'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECTF--
A property that is there by two names: the objects that it had live on
5 intruder shared
Dynamic properties reach __unserialize() behind the declared ones, numbers as numbers
["a","\u0000*\u0000b",7,"more"] seven
Each object of a missing class asks for it
loads C
asked for C
loads C
loads C
asked for C
loads C
2
An incomplete object without a name
array(0) {
}
