--TEST--
What is there all the time comes once while another process writes
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';

$cache = fresh_cache(16);
for ($i = 0; $i < 2000; ++$i) {
    $cache->set("stays $i", '');
}
$other = popen(php_command('
    $cache = new NitroCache(name: $name);
    for ($i = 0, $end = time() + 50; !$cache->has("enough") && time() < $end; ++$i) {
        $cache->set("stays " . $i * 7 % 2000, str_repeat("x", $i % 3000));
        $cache->set("churn " . $i % 500, $i);
        $cache->delete("churn " . ($i + 250) % 500);
        $cache->increment("written");
    }
    echo "the other one is done\n";
'), 'r');
var_dump(wait_until(fn() => $cache->get('written', 0) > 100));

$wrong = 0;
$begin = $cache->get('written');
wait_until(function () use ($cache, $begin, &$wrong) {
    $times = array_count_values(iterator_to_array($cache->keys('stays ')));
    $wrong += count($times) === 2000 && array_sum($times) === 2000 ? 0 : 1;
    $values = 0;
    foreach ($cache as $key => $value) {
        if (str_starts_with($key, 'stays')) {
            ++$values;
            $wrong += trim($value, 'x') === '' ? 0 : 1;
        }
    }
    $wrong += $values === 2000 ? 0 : 1;
    return $cache->get('written') > $begin + 10_000;
});
var_dump($wrong, $cache->get('written') > $begin, $cache->getStats()['evictions']);
$cache->set('enough', true);
echo stream_get_contents($other);
pclose($other);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
bool(true)
int(0)
bool(true)
int(0)
the other one is done
