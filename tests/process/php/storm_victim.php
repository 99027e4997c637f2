<?php
// Uses the cache in a tight loop until it is killed. A wrong value that it reads becomes a line of FILE.
//   storm_victim.php KIND FILE, or a request with both, and a space between, as its body
require __DIR__ . '/sealed.php';

[$kind, $file] = PHP_SAPI === 'cli' ? array_slice($argv, 1) : explode(' ', file_get_contents('php://input'), 2);
$cache = new NitroCache();

// Made beforehand, so that the loop does hardly anything but use the cache.
$small = $large = [];
for ($i = 0; $i < 500; $i++) {
    $key = 'small ' . mt_rand(0, 1999);
    $small[$key] = sealed($key, mt_rand(0, 600));
}
for ($i = 0; $i < 8; $i++) {
    $key = 'large ' . mt_rand(0, 19);
    $large[$key] = sealed($key, mt_rand(3000, 1 << mt_rand(12, 20)));
}

$store_small = function () use ($cache, $small) {
    foreach ($small as $key => $value) {
        $cache->set($key, $value);
    }
};
$store_large = function () use ($cache, $large) {
    foreach ($large as $key => $value) {
        $cache->set($key, $value);
    }
};
$count = function () use ($cache) {
    for ($i = 0; $i < 500; $i++) {
        $cache->increment('counter ' . $i % 50);
        // Now and then it changes between int and float, which makes it a new entry.
        if ($i % 100 === 0) {
            $cache->increment('counter ' . $i / 100, 0.5);
        } elseif ($i % 100 === 50) {
            $cache->delete('counter ' . ($i - 50) / 100);
        }
    }
};
$delete = function () use ($cache, $small) {
    foreach ($small as $key => $value) {
        $cache->set($key, $value);
        $cache->delete($key);
    }
};
$expire = function () use ($cache, $small) {
    foreach ($small as $key => $value) {
        $cache->set($key, $value, mt_rand(0, 20) / 1000);
    }
};
$read = function () use ($cache, $small, $large, $file) {
    foreach (array_keys($small + $large) as $key) {
        $value = $cache->get($key);
        $value === null || is_sealed($key, $value)
            || file_put_contents($file, "$key is not whole: " . substr(serialize($value), 0, 200) . "\n", FILE_APPEND);
    }
};
// More than fits.
$flood = function () use ($cache) {
    for ($i = 0; $i < 500; $i++) {
        $cache->set('flood ' . mt_rand(0, 99999), str_repeat('.', mt_rand(0, 2000)));
    }
};
$clear_seldom = function () use ($cache) {
    if (mt_rand(0, 9) === 0) {
        $cache->clear();
    }
};

$lasting = [$store_small, $flood, $store_large, $count, $delete, $read, $clear_seldom];
$loops = [
    'small' => [$store_small],
    'flood' => [$flood],
    'large' => [$store_large],
    'count' => [$count],
    'delete' => [$delete],
    'expire' => [$expire],
    'read' => [$store_small, $read, $store_large, $read],
    'lasting' => $lasting,
    'everything' => [...$lasting, $expire],
][$kind];

echo "running\n";
while (true) {
    $loops[array_rand($loops)]();
}
