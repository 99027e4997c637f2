--TEST--
Of fifty processes that miss a key at once one computes; when it is killed, exactly one other does
--EXTENSIONS--
nitro
posix
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
$cache = fresh_cache(16);

/** Starts processes that wait for 'go' and run the code, and gives what each of them prints. */
function at_once(int $count, string $code): array
{
    global $cache;
    $cache->delete('go');
    $processes = [];
    $start = '$name = ' . var_export(cache_name(), true) . '; $cache = new NitroCache(name: $name); $cache->increment("ready");'
        . 'while (!$cache->has("go")) usleep(200);';
    $cache->delete('ready');
    for ($i = 0; $i < $count; ++$i) {
        $processes[] = popen(escapeshellarg(getenv('TEST_PHP_EXECUTABLE') ?: PHP_BINARY) . ' ' . getenv('TEST_PHP_EXTRA_ARGS')
            . ' -r ' . escapeshellarg($start . $code) . ' 2>&1', 'r');
    }
    wait_until(fn () => $cache->get('ready') === $count, 45) || print("not all are ready\n");
    $cache->set('go', true);
    $printed = array_map(stream_get_contents(...), $processes);
    array_map(pclose(...), $processes);
    return array_count_values($printed);
}

echo "fifty:\n";
print_r(at_once(50, 'echo $cache->remember("key", function () use ($cache) { $cache->increment("computed"); usleep(300_000); return "value"; }, 60, 0, 30);'));
var_dump($cache->get('computed'));

echo "the first leader is killed:\n";
$cache->delete('computed');
$code = '$start = hrtime(true); $value = $cache->remember("other", function () use ($cache) {'
    . 'if ($cache->increment("computed") === 1) { posix_kill(getmypid(), 9); } usleep(100_000); return "value"; }, 60, 0, 30);'
    . 'echo $value, hrtime(true) - $start < 5e9 ? " in time" : " late";';
$printed = at_once(20, $code);
var_dump($printed['value in time'] ?? $printed, array_sum($printed), $cache->get('computed'));

echo "who exits or fails gives the lead up:\n";
// Without PHP's own allocator nobody counts memory.
$memory = getenv('USE_ZEND_ALLOC') === '0' ? 'exit;' : 'ini_set("memory_limit", "4M"); str_repeat("x", 50 << 20);';
foreach (['exit;', 'undefined_function();', $memory] as $i => $end) {
    $cache->delete('computed');
    $code = '$value = $cache->remember("end ' . $i . '", function () use ($cache) { if ($cache->increment("computed") === 1) { '
        . $end . ' } return "value"; }, 60, 0, 30); echo $value;';
    $printed = at_once(3, 'ini_set("display_errors", 0); ini_set("log_errors", 0); ' . $code);
    echo $printed['value'] ?? 0, ' ', $cache->get('computed'), "\n";
}

echo "an old value is given while one computes:\n";
$cache->remember('stale', fn () => 'old', 0.01, 60);
usleep(30_000);
$cache->delete('computed');
$printed = at_once(10, 'echo $cache->remember("stale", function () use ($cache) { $cache->increment("computed"); usleep(500_000); return "new"; }, 60, 60);');
ksort($printed);
var_dump($printed === ['new' => 1, 'old' => 9] || ($printed['new'] > 1 && $cache->get('computed') === 1), $cache->get('computed'), $cache->get('stale'));

echo "who has waited for long enough computes:\n";
$cache->delete('computed');
print_r(at_once(2, 'echo $cache->remember("slow", function () use ($cache) { if ($cache->increment("computed") === 1) sleep(2); return "value"; }, 60, 0, 0.1);'));
var_dump($cache->get('computed'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
fifty:
Array
(
    [value] => 50
)
int(1)
the first leader is killed:
int(19)
int(20)
int(2)
who exits or fails gives the lead up:
2 2
2 2
2 2
an old value is given while one computes:
bool(true)
int(1)
string(3) "new"
who has waited for long enough computes:
Array
(
    [value] => 2
)
int(2)
