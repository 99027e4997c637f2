<?php
// One operation on a cache, asked for as an array, answered as an array.

function perform(NitroCache $cache, array $request): array
{
    $key = $request['key'] ?? '';
    $result = match ($request['operation']) {
        'get' => $cache->get($key),
        'has' => $cache->has($key),
        'set' => $cache->set($key, $request['value']),
        'increment' => $cache->increment($key),
        'delete' => $cache->delete($key),
        'getStats' => $cache->getStats(),
    };
    return ['result' => $result, 'sapi' => PHP_SAPI, 'pid' => getmypid()];
}
