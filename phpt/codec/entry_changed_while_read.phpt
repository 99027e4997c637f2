--TEST--
Code that runs while a value is read may change, remove and read the very entry, and everything else
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';

// Runs $act at each place where reading 'key' runs code of the user, and then looks at the result.
$prologue = <<<'CODE'
    $cache = new NitroCache(name: $name);
    $calls = [];
    $depth = 0;
    function act(string $where): void
    {
        global $cache, $act, $calls, $depth;
        $calls[] = $where;
        // What is read in between reads in between, too: once is enough.
        if (++$depth === 1) {
            $act($cache, $where);
        }
        --$depth;
    }
    spl_autoload_register(function (string $class): void {
        act("autoload $class");
        $body = [
            'Plain' => '{ public $list = []; public $inner; }',
            'Asked' => '{ public $list = []; public $inner; public function __serialize(): array { return get_object_vars($this); }
                public function __unserialize(array $data): void { [$this->list, $this->inner] = [$data["list"], $data["inner"]]; act("unserialize"); } }',
            'Woken' => '{ public $list = []; public $inner; public function __wakeup(): void { act("wakeup"); } }',
            'Old' => 'implements Serializable { public $text; public function serialize() { return $this->text; }
                public function unserialize($data) { $this->text = $data; act("old unserialize"); } }',
        ][$class];
        eval("class $class $body");
    });
    function value(): array
    {
        $old = new Old;
        $old->text = str_repeat('o', 3000);
        $woken = new Woken;
        $woken->list = ['pure' => range(1, 200), 'text' => str_repeat('w', 5000)];
        $asked = new Asked;
        $asked->list = [[[1, 2, 'deep' => ['x' => []]]], str_repeat('a', 4000)];
        $asked->inner = [$woken, $old];
        $plain = new Plain;
        $plain->list = ['first' => [1, 2, 3]];
        $plain->inner = [$asked, $woken];
        return [$plain, 'pure' => array_fill(0, 500, ['p', 'q' => [1]]), $asked, 'long' => str_repeat('l', 10_000), [$woken, $old]];
    }
    CODE;
$flood = 'for ($i = 0; $i < 300; ++$i) { $c->set("flood $i", [str_repeat(chr($i % 256), 50_000)]); }';
$acts = [
    'nothing' => '',
    'delete' => '$c->delete("key");',
    'overwrite with a string' => '$c->set("key", str_repeat("x", 60_000));',
    'overwrite with an array' => '$c->set("key", array_fill(0, 1000, ["other"]));',
    'overwrite with its like' => '$c->set("key", (object) ["list" => [1]]);',
    'expire' => '$c->set("key", 1, -1);',
    'clear' => '$c->clear();',
    'delete, then flood' => '$c->delete("key"); ' . $flood,
    'overwrite, then flood' => '$c->set("key", "x"); ' . $flood,
    'flood' => $flood,
    'clear, by another process' => 'static $n = 0; $n++ || shell_exec($GLOBALS["other"]); ' . $flood,
    'read itself' => '$d = $c->get("key"); is_array($d) && count($d) === 5 || print("read otherwise at $where; ");',
    'read itself, then delete' => '$c->get("key"); $c->delete("key"); ' . $flood,
    'read another' => '$c->get("another")["list"][0] === "a" || print("another is different; ");',
    'count' => '$c->increment("count"); $c->getStats(); $c->has("key");',
    'garbage' => '$x = new stdClass; $x->x = $x; unset($x); gc_collect_cycles();',
    // Serializable::unserialize() is a part of the outer one, which is PHP's own affair.
    'unserialize' =>
        '$s = new stdClass; $where === "old unserialize" || unserialize(serialize([[1], $s, $s])) == [[1], $s, $s] || print("serializer disturbed; ");',
];

$cache = fresh_cache(16);
$php = getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY;
$other = escapeshellarg($php) . ' ' . getenv('TEST_PHP_EXTRA_ARGS') . ' -r ' . escapeshellarg("(new NitroCache(name: '" . cache_name() . "'))->clear();");
foreach ($acts as $act => $code) {
    $cache->set('another', ['list' => ['a']]);
    other_process("\$act = fn() => null; $prologue \$cache->set('key', value());");
    $printed = other_process("\$other = " . var_export($other, true) . "; \$act = function (\$c, \$where) { $code }; $prologue" . <<<'CODE'
        $found = $cache->get('key', 'missing');
        $act = fn() => null;
        $again = $cache->get('key');
        echo $found == value() ? '' : 'damaged; ';
        echo $found[0]->inner[0] === $found[1] && $found[0]->inner[1] === $found[2][0] && $found[1]->inner[1] === $found[2][1] ? '' : 'no longer one; ';
        $found['pure'][0]['q'][] = 2;
        $found[1]->list[0][] = 3;
        echo $found['pure'][1] === ['p', 'q' => [1]] ? '' : 'written twice; ';
        $expected = ['autoload Plain', 'autoload Asked', 'autoload Woken', 'autoload Old', 'old unserialize', 'wakeup', 'unserialize'];
        echo array_diff($expected, $calls) ? 'not called: ' . implode(', ', array_diff($expected, $calls)) : '';
        CODE);
    if ($printed !== '') {
        echo "$act: $printed\n";
    }
}
echo count($acts), " acts\n";
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
17 acts
