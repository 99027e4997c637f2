--TEST--
A process may end inside the methods that are called while a value is stored or read
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';

// The same classes everywhere; $end is what happens at the place that is named.
$prologue = <<<'CODE'
    $armed = '';
    function maybe_end(string $where): void
    {
        global $armed, $end;
        if ($armed === $where) {
            eval($end);
        }
    }
    final class Asked
    {
        public array $data = ['a', ['b']];
        public $inner;
        public function __serialize(): array { maybe_end('serialize'); return [$this->data, $this->inner]; }
        public function __unserialize(array $data): void { [$this->data, $this->inner] = $data; maybe_end('unserialize'); }
    }
    final class Sleepy
    {
        public array $data = ['s'];
        public $inner;
        public function __sleep(): array { maybe_end('sleep'); return ['data', 'inner']; }
        public function __wakeup(): void { maybe_end('wakeup'); }
    }
    final class Old implements Serializable
    {
        public function serialize() { maybe_end('old serialize'); return 'old'; }
        public function unserialize($data) { maybe_end('old unserialize'); }
    }
    register_shutdown_function(function () {
        global $cache, $armed;
        $armed = '';
        echo 'shutdown';
        // The cache can be used, still: nothing is locked or half made.
        $cache->set('at shutdown', ['works']) && $cache->get('at shutdown') === ['works'] || print(', but the cache does not work');
        unserialize(serialize([new Old, new Old])) == [new Old, new Old] || print(', but serialize() does not work');
    });
    function value(): array
    {
        $asked = new Asked;
        $asked->inner = new Sleepy;
        $asked->inner->inner = [new Old, 'text' => str_repeat('t', 5000)];
        return [range(1, 100), $asked, new Sleepy, $asked];
    }
    $cache = new NitroCache(name: $name);
    CODE;
$ends = [
    'exit' => 'exit;',
    'error' => 'undefined_function();',
    'memory limit' => 'ini_set("memory_limit", "6M"); str_repeat("x", 50 << 20);',
    'time limit' => 'set_time_limit(1); while (true);',
];
if (getenv('USE_ZEND_ALLOC') === '0') {
    unset($ends['memory limit']);  // nobody counts it
}

$cache = fresh_cache(16);
echo other_process("$prologue \$cache->set('key', value()); \$cache->set('other', ['old']);"), "\n";
$calls = [
    'serialize' => '$cache->set("other", $value);', 'sleep' => '$cache->set("other", $value);', 'old serialize' =>
        '$cache->set("other", $value);',
    'unserialize' => '$cache->get("key");', 'wakeup' => '$cache->get("key");', 'old unserialize' =>
        '$cache->getMultiple(["other", "key"]);',
];
foreach ($calls as $where => $call) {
    foreach ($ends as $end => $code) {
        if ($end === 'time limit' && !in_array($where, ['serialize', 'wakeup'], true)) {
            continue;  // takes a second
        }
        $printed = other_process("$prologue \$end = '$code'; \$value = value(); \$armed = '$where'; $call echo 'not ended, ';",
            '-d display_errors=0 -d log_errors=0');
        if ($printed !== 'shutdown') {
            echo "$end in $where: $printed\n";
        }
        if ($cache->get('other') !== ['old']) {
            echo "$end in $where: the old value is gone\n";
        }
    }
}
echo other_process("$prologue echo \$cache->get('key') == value() ? 'as it was, ' : 'damaged, ';"), "\n";
var_dump($cache->set('other', 'new'), $cache->get('other'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
shutdown
as it was, shutdown
bool(true)
string(3) "new"
