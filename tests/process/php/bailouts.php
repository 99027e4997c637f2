<?php
// For php -S: a request that ends in the middle of a call, or (?how=fine) one that looks whether
// everything works and nothing is held.
$cache = new NitroCache();
$long = str_repeat('long ', 20000);

final class EndsWhenStored
{
    public function __serialize(): array
    {
        exit('ended in __serialize');
    }
}

final class EndsWhenFetched
{
    public int $number = 1;

    public function __unserialize(array $data): void
    {
        exit('ended in __unserialize');
    }
}

switch ($_GET['how']) {
    case 'prepare':
        // Objects are built one by one.
        $list = array_map(fn(int $id) => (object) ['id' => $id], range(1, 20_000));
        exit($cache->set('list', $list) && $cache->set('long', $long) ? 'prepared' : 'not prepared');
    case 'memory in get':
        ini_set('memory_limit', '3M');
        $held = $cache->get('long');
        $cache->get('list');
        break;
    case 'memory in set':
        ini_set('memory_limit', '12M');
        $list = range(1, 100_000);
        for ($i = 0;; $i++) {
            $cache->set('other list', $list);
            $list["key $i"] = $list;
        }
    case 'time':
        set_time_limit(1);
        while (true) {
            $cache->set('other list', range(1, 1000));
            $cache->get('other list');
            $held[] = $cache->get('long');
        }
    case 'exit in set':
        $cache->set('object', new EndsWhenStored());
        break;
    case 'exit in get':
        $cache->set('object', new EndsWhenFetched());
        $cache->get('object');
        break;
    case 'fine':
        $start = hrtime(true);
        $works = $cache->get('long') === $long && count($cache->get('list')) === 20_000
            && $cache->set('small', 1) && $cache->get('small') === 1;
        $milliseconds = (hrtime(true) - $start) / 1e6;
        $stats = $cache->getStats();
        exit($works && $milliseconds < 500 && $stats['lock_timeouts'] === 0 && $stats['recoveries'] === 0
            && $stats['rows_used'] === 1 ? 'fine' : "took $milliseconds ms, " . json_encode($stats));
}
echo 'went on';
