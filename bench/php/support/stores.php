<?php
// The stores that are compared, and how each is asked.

declare(strict_types=1);

require_once __DIR__ . '/servers.php';

// What each gets: many times what the data take, so that nothing is ever evicted.
const MEMORY_MB = 256;

const SYMFONY = '/usr/share/php/Symfony/Component/Cache/autoload.php';

const FLOOR = 'floor';
const PHP_ARRAY = 'PHP array';
const NITRO = 'NitroCache';
const APCU = 'APCu';
const APCU_TUNED = 'APCu tuned';
const APCU_NATIVE = 'APCu native';
const APCU_IGBINARY = 'APCu igbinary';
const REDIS = 'Redis';
const MEMCACHED = 'Memcached';
const FILES = 'files';

/**
 * The operations are statements of PHP about $cache, $key, $value and $found, which are put into the
 * loops of loops.php: a call through an interface would cost as much as what is measured. Null: the
 * store has no such operation.
 */
final class Store
{
    /** @param list<string> $settings of its process, as php -d takes them */
    public function __construct(
        public readonly string $name,
        public readonly string $open,
        public readonly ?string $get,
        public readonly ?string $set,
        public readonly ?string $has = null,
        public readonly ?string $delete = null,
        public readonly ?string $increment = null,
        public readonly string $clear = '',
        /** What is done once before its speed says something. */
        public readonly string $warm = '',
        /** Where a string is not set as other values are. */
        public readonly ?string $setString = null,
        public readonly array $settings = [],
        /** Its time is not only this process's: the clock on the wall counts. */
        public readonly bool $waits = false,
        /** It differs from another store only where values are serialized. */
        public readonly bool $onlyCompound = false,
        /** What it gets has to come back. */
        public readonly bool $keeps = true,
    ) {
    }

    public function set(bool $isString): ?string
    {
        return $isString ? $this->setString ?? $this->set : $this->set;
    }
}

/** What is measured when nothing is done: subtracted from all others. */
function emptyStore(): Store
{
    return new Store('nothing', '$cache = null;', '', '', '', '', '', keeps: false);
}

/**
 * What nobody can do without: a method call that does nothing, and, to store a string, a copy of it,
 * which is memory from PHP's allocator and a memcpy.
 */
function floorStore(): Store
{
    $call = '$found = $cache->getSize();';

    return new Store(FLOOR, '$cache = new SplFixedArray();', $call, $call, $call, $call, $call,
        setString: '$found = $value; $found[0] = "w";', keeps: false);
}

function arrayStore(): Store
{
    return new Store(
        PHP_ARRAY,
        open: '$cache = [];',
        get: '$found = $cache[$key] ?? null;',
        set: '$cache[$key] = $value;',
        has: '$found = isset($cache[$key]);',
        delete: 'unset($cache[$key]);',
        increment: '++$cache[$key];',
        clear: '$cache = [];',
        settings: ['memory_limit=-1'],
    );
}

/** @param list<string> $settings beside or instead of the usual ones */
function nitroStore(int $memoryMb = MEMORY_MB, array $settings = [], string $set = '$cache->set($key, $value);'): Store
{
    $library = getenv('NITRO_SO') ?: dirname(__DIR__, 3) . '/out/nitro.so';
    is_file($library) ?: giveUp("$library is not there; scripts/build makes it.");
    $name = temporaryCacheName();

    return new Store(
        NITRO,
        open: '$cache = new NitroCache();',
        // Writes go round through all of the memory: the first time, every page is a page fault.
        warm: 'foreach (range(1, ' . $memoryMb * 64 . ') as $page) { $cache->set("page $page", str_repeat("p", 16384)); }',
        get: '$found = $cache->get($key);',
        set: $set,
        has: '$found = $cache->has($key);',
        delete: '$cache->delete($key);',
        increment: '$cache->increment($key);',
        clear: '$cache->clear();',
        settings: ["extension=$library", "nitro.memory={$memoryMb}M", "nitro.name=$name", 'nitro.janitor=off',
            ...preg_split('/\s+/', getenv('NITRO_SETTINGS') ?: '', -1, PREG_SPLIT_NO_EMPTY), ...$settings],
    );
}

/** A name that nobody else uses. */
function temporaryCacheName(): string
{
    static $count = 0;
    if ($count === 0) {
        atExit(removeCaches(...));
    }

    return 'bench-' . getmypid() . '-' . ++$count;
}

/** Of all those names. Where shared memory is no file, they stay until nitroctl destroys them. */
function removeCaches(): void
{
    array_map(unlink(...), glob('/dev/shm/nitro.*.bench-' . getmypid() . '-*'));
}

/**
 * @param list<string> $settings beside the packaged ones, which are left as they are but for the memory
 */
function apcuStore(string $name = APCU, array $settings = [], int $memoryMb = MEMORY_MB, bool $onlyCompound = false): ?Store
{
    $library = getenv('APCU') ?: extensionFile('apcu');

    return $library === null ? null : new Store(
        $name,
        open: '$cache = null;',
        get: '$found = apcu_fetch($key);',
        set: 'apcu_store($key, $value);',
        has: '$found = apcu_exists($key);',
        delete: 'apcu_delete($key);',
        increment: 'apcu_inc($key);',
        clear: 'apcu_clear_cache();',
        settings: ["extension=$library", 'apc.enable_cli=1', "apc.shm_size={$memoryMb}M", ...$settings],
        onlyCompound: $onlyCompound,
    );
}

/** With a slot for each of so many keys. */
function tunedApcuStore(int $keys = 262_144, int $memoryMb = MEMORY_MB): ?Store
{
    return apcuStore(APCU_TUNED, ["apc.entries_hint=$keys"], $memoryMb);
}

function redisStore(int $memoryMb, ?int $processor): ?Store
{
    $server = extensionFile('redis') === null ? null : Server::redis($memoryMb, processor: $processor);
    $serializer = extensionFile('igbinary') === null ? 'PHP' : 'IGBINARY';

    return $server === null ? null : new Store(
        REDIS,
        // Numbers and strings are what Redis itself knows.
        open: "\$cache = new Redis(); \$cache->connect('$server->socket');"
            . " \$cache->setOption(Redis::OPT_SERIALIZER, \$isScalar ? Redis::SERIALIZER_NONE : Redis::SERIALIZER_$serializer);",
        get: '$found = $cache->get($key);',
        set: '$cache->set($key, $value);',
        has: '$found = $cache->exists($key);',
        delete: '$cache->del($key);',
        increment: '$cache->incr($key);',
        clear: '$cache->flushAll();',
        settings: withIgbinary(['extension=redis']),
        waits: true,
    );
}

function memcachedStore(int $memoryMb, ?int $processor): ?Store
{
    $server = extensionFile('memcached') === null ? null : Server::memcached($memoryMb, $processor);
    $serializer = extensionFile('igbinary') === null ? 'PHP' : 'IGBINARY';
    $msgpack = extensionFile('msgpack') === null ? [] : ['extension=msgpack'];

    return $server === null ? null : new Store(
        MEMCACHED,
        open: "\$cache = new Memcached(); \$cache->addServer('$server->socket', 0);"
            . " \$cache->setOption(Memcached::OPT_SERIALIZER, Memcached::SERIALIZER_$serializer);"
            . ' $cache->setOption(Memcached::OPT_COMPRESSION, false);', // nobody else compresses, either
        get: '$found = $cache->get($key);',
        set: '$cache->set($key, $value);',
        delete: '$cache->delete($key);',
        increment: '$cache->increment($key);',
        clear: '$cache->flush();',
        settings: withIgbinary([...$msgpack, 'extension=memcached']),
        waits: true,
    );
}

function filesStore(): ?Store
{
    $autoload = SYMFONY;
    $folder = temporaryFolder() . '/files';

    return !is_file(SYMFONY) ? null : new Store(
        FILES,
        open: "require_once '$autoload'; \$cache = new Symfony\\Component\\Cache\\Adapter\\FilesystemAdapter('', 0, '$folder');",
        get: '$item = $cache->getItem($key); $found = $item->isHit() ? $item->get() : null;',
        set: '$cache->save($cache->getItem($key)->set($value));',
        has: '$found = $cache->hasItem($key);',
        delete: '$cache->deleteItem($key);',
        clear: '$cache->clear();',
        settings: withIgbinary([]),
        waits: true,
    );
}

/**
 * Of those that this machine has.
 *
 * @param bool $together servers share their clients' processor: each round trip takes as little as it
 *     can, since nobody has to wake another processor
 * @param bool $allPeers otherwise APCu alone, with its own settings
 *
 * @return list<Store>
 */
function availableStores(int $memoryMb, bool $together, bool $allPeers): array
{
    return array_values(array_filter([
        floorStore(),
        arrayStore(),
        nitroStore($memoryMb),
        apcuStore(memoryMb: $memoryMb),
        ...($allPeers ? furtherPeers($memoryMb, $together ? benchProcessor() : null) : []),
    ]));
}

/** @return list<?Store> */
function furtherPeers(int $memoryMb, ?int $processor): array
{
    return [
        tunedApcuStore(memoryMb: $memoryMb),
        apcuStore(APCU_NATIVE, ['apc.serializer=default'], $memoryMb, onlyCompound: true),
        extensionFile('igbinary') === null ? null
            : apcuStore(APCU_IGBINARY, ['extension=igbinary', 'apc.serializer=igbinary'], $memoryMb, onlyCompound: true),
        redisStore($memoryMb, $processor),
        memcachedStore($memoryMb, $processor),
        filesStore(),
    ];
}

function namePeersThatAreMissing(): void
{
    $isThere = [
        'php-apcu' => extensionFile('apcu') !== null,
        'php-igbinary' => extensionFile('igbinary') !== null,
        'redis-server' => pathOf('redis-server') !== null,
        'php-redis' => extensionFile('redis') !== null,
        'memcached' => pathOf('memcached') !== null,
        'php-memcached' => extensionFile('memcached') !== null,
        'php-symfony-cache' => is_file(SYMFONY),
        'php-fpm' => Server::fpmPath() !== null,
    ];
    foreach (array_keys($isThere, false, true) as $package) {
        echo "Not found, and not compared: $package\n";
    }
}

/**
 * @param list<string> $settings
 *
 * @return list<string>
 */
function withIgbinary(array $settings): array
{
    return [...(extensionFile('igbinary') === null ? [] : ['extension=igbinary']), ...$settings];
}

function extensionFile(string $extension): ?string
{
    $file = ini_get('extension_dir') . "/$extension.so";

    return is_file($file) ? $file : null;
}
