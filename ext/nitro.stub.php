<?php

/** @generate-class-entries */

/**
 * What NitroCache throws when a cache cannot be had or a value cannot be stored. Never thrown for a
 * miss, a full cache or a missing janitor.
 */
class NitroCacheException extends RuntimeException
{
}

/**
 * What NitroCache::lock() gives. Releases the lock when it is destroyed. What a child process inherits by
 * a fork is not held.
 *
 * @not-serializable
 */
final class NitroLock
{
    private function __construct() {}

    /**
     * Gives the lock up.
     *
     * @return bool false if it was not held any more: the lease was over, or it was released before.
     */
    public function release(): bool {}

    /**
     * Lets the lease end so many seconds from now.
     *
     * @return bool false if the lock is not held any more.
     *
     * @throws ValueError if $lease is negative or NAN.
     */
    public function extend(float $lease = 30): bool {}

    /**
     * Whether the lock is still held: it was not released, and its lease is not over.
     */
    public function isHeld(): bool {}
}

/**
 * A key-value cache in shared memory. All PHP processes of one user and one PHP minor version that
 * use the same name see the same entries, whatever their SAPI and parentage.
 *
 * Keys are any bytes, also none at all. Values are null, bool, int, float, string, and arrays and
 * objects that serialize() takes; references at the top level are followed. Arrays and long strings
 * are not copied when they are fetched: they lie in shared memory until the request ends, and PHP
 * copies them when they are written to. Objects come back as from unserialize().
 *
 * The signatures are those of PSR-16, wider where it is allowed:
 * `class MyCache extends NitroCache implements Psr\SimpleCache\CacheInterface {}` compiles.
 *
 * Every method but the constructor may throw NitroCacheException when the cache was removed by
 * others and cannot be made anew.
 *
 * foreach goes through key => value, and count() gives the number of entries.
 *
 * @implements IteratorAggregate<string, mixed>
 *
 * @not-serializable
 */
class NitroCache implements IteratorAggregate, Countable
{
    /**
     * Attaches to the cache of that name, or creates it. The first process decides the size: one
     * that asks for another gets the existing cache and a notice, once.
     *
     * @param int|float|null $maxMemoryMb Size in MiB, at least 1; all that the cache needs (tables,
     *     index, entries) comes out of it. null: `nitro.memory`.
     * @param string|null $name 1 to 64 characters of A–Z a–z 0–9 . _ - that do not begin with a
     *     dot. null: `nitro.name`.
     *
     * @throws ValueError for a size or a name that can never work.
     * @throws NitroCacheException if the cache cannot be had: too little memory, another owner, no
     *     permission, something else under its name.
     */
    public function __construct(int|float|null $maxMemoryMb = null, ?string $name = null) {}

    /**
     * The value under $key, or $default if there is none.
     */
    public function get(string $key, mixed $default = null): mixed {}

    /**
     * Stores $value under $key, in place of what was there.
     *
     * @param null|int|float|DateInterval $ttl Seconds, or an interval from now on. null:
     *     `nitro.default_ttl`. Zero or less: the key is gone, which counts as success. INF and what
     *     is beyond counting: for ever.
     *
     * @param string[] $tags At most 64 names of 1 to 250 bytes. invalidateTags() with one of them
     *     removes the entry, also if that happens while $value is being serialized.
     *
     * @return bool false if it could not be stored (too large, no room, the cache is locked for too
     *     long; with tags or in a namespace, also if the cache was removed while $value was being
     *     serialized). What was there before is gone then, or intact, but never half.
     *
     * @throws ValueError if $ttl is NAN, or for tags that cannot be.
     * @throws TypeError if one of $tags is no string.
     * @throws NitroCacheException for a value with a closure, a resource, a generator or an object
     *     of an anonymous class, or nested deeper than 4096 levels; the message names the place. What
     *     an object's methods throw is passed on. What was there before stays.
     */
    public function set(string $key, mixed $value, null|int|float|DateInterval $ttl = null, array $tags = []): bool {}

    /**
     * As set(), but only if nothing is stored under $key, in one step: of several processes one gets
     * true.
     *
     * @param string[] $tags As for set().
     *
     * @return bool false also if something is there.
     *
     * @throws ValueError as set()
     * @throws TypeError as set()
     * @throws NitroCacheException as set()
     */
    public function add(string $key, mixed $value, null|int|float|DateInterval $ttl = null, array $tags = []): bool {}

    /**
     * As set(), but only if something is stored under $key, in one step. The tags that it had are gone
     * then. Of several processes that replace it, each gets true.
     *
     * @param string[] $tags As for set().
     *
     * @return bool false also if nothing is there.
     *
     * @throws ValueError as set()
     * @throws TypeError as set()
     * @throws NitroCacheException as set()
     */
    public function replace(string $key, mixed $value, null|int|float|DateInterval $ttl = null, array $tags = []): bool {}

    /**
     * As set(), but only if $expected is stored under $key, in one step that no other process can
     * come between.
     *
     * @param mixed $expected Compared as === compares; arrays and objects that are not identical with
     *     what is stored are the same if serialize() makes the same of both (of floats in them, with
     *     so many digits as serialize_precision says). A key that is not there is no null: see add().
     * @param string[] $tags As for set().
     *
     * @return bool false also if something else is there, or nothing.
     *
     * @throws ValueError as set()
     * @throws TypeError as set()
     * @throws NitroCacheException as set()
     * @throws Exception as serialize(), if it is asked and cannot take $expected.
     */
    public function compareAndSet(string $key, mixed $expected, mixed $value, null|int|float|DateInterval $ttl = null, array $tags = []): bool {}

    /**
     * The value under $key, which is removed: of several processes one gets it, the others $default.
     * An object may be unserialized by more than one of them. $default also if the cache was locked for
     * too long; the value stays then.
     */
    public function pull(string $key, mixed $default = null): mixed {}

    /**
     * Gives the entry under $key another time to live, from now on; its value and its tags stay.
     *
     * @param null|int|float|DateInterval $ttl As for set().
     *
     * @return bool false if nothing is there, or the cache was locked for too long.
     *
     * @throws ValueError if $ttl is NAN.
     */
    public function touch(string $key, null|int|float|DateInterval $ttl = null): bool {}

    /**
     * The value under $key; if there is none, what $callback gives, which is stored. Of all processes
     * that miss the key at the same time one calls back; when it dies, throws or exits, another one
     * does. Other keys never wait, and nothing is locked while $callback runs; it may use this
     * method, for the same key, too, which is computed then and there, unless there is an old value.
     *
     * @param callable $callback Is given $key.
     * @param null|int|float|DateInterval $ttl As for set().
     * @param float $staleFor Seconds. So long after its time the old value is given to the others
     *     while one calls back; INF: until it is evicted.
     * @param float $waitUpTo Seconds. So long the others wait for the one who calls back, when there
     *     is no old value; then they call back themselves.
     * @param float $early 0: off. Above, a call now and then computes anew before the time is over, the
     *     more likely the shorter the rest is compared with what computing took; so a key that is
     *     often asked for never misses. 1 is usual, more is earlier.
     * @param string[] $tags As for set(). What is invalidated while $callback runs is removed, too:
     *     the value that it gives may be made from what there was before.
     *
     * @throws ValueError if $ttl is NAN, another number is negative or NAN, $early is INF, or for tags
     *     that cannot be.
     * @throws TypeError if one of $tags is no string.
     * @throws NitroCacheException as set(), after $callback. What $callback throws is passed on, also
     *     if it was called early, or while there was an old value.
     */
    public function remember(string $key, callable $callback, null|int|float|DateInterval $ttl = null, float $staleFor = 0, float $waitUpTo = 5, float $early = 0, array $tags = []): mixed {}

    /**
     * Whether an event under $key is allowed, of which $limit are allowed in $perSeconds: all at once,
     * then as the time goes by, evenly. Counts it if it is, in one step that no other process can come
     * between. The key is the limit's own; delete() makes it forget. The clock goes in steps of 1 to
     * 4 ms: a limit of 1 in a time that is not much longer allows fewer.
     *
     * @return bool true also if it could not be counted: there is no room, or the cache was locked
     *     for too long (getStats() counts it in failed_sets).
     *
     * @throws ValueError if $limit is less than 1, or $perSeconds not above 0 and up to 1e9.
     * @throws NitroCacheException if $key holds something else.
     */
    public function allow(string $key, int $limit, float $perSeconds): bool {}

    /**
     * Takes the lock of that name, which one process (or thread) at a time holds: until it is released or
     * given up, the process dies, its request ends, or the lease is over.
     *
     * @param float $lease Seconds; INF: no end. Whoever holds a lock for longer has to extend() it.
     * @param float $waitUpTo Seconds to wait for it; the rest of them in the new cache, should this one be
     *     destroyed meanwhile.
     *
     * @return NitroLock|null null if another one holds it, at once if that is another object of the
     *     same process; also if 512 locks are held, if this process found no row in the process
     *     table, or if another one stood still for nitro.lock_timeout while it took one. Keep it: a lock whose object is not assigned to a variable ends at once.
     *
     * @throws ValueError if $lease or $waitUpTo is negative or NAN.
     */
    public function lock(string $name, float $lease = 30, float $waitUpTo = 0): ?NitroLock {}

    /**
     * Removes every entry that was stored with one of these tags, by whatever process: at once,
     * however many there are. Their memory becomes free with the janitor's next round, or when room is
     * needed. Tags are the whole cache's, also when this is a namespace. (Tags and namespaces share a
     * table by their hash, of one number per 2 KB of memory; with a thousand in 128 MB, one in 65
     * has the number of another one, with which it is removed.)
     *
     * @throws ValueError for tags that cannot be.
     */
    public function invalidateTags(string ...$tags): bool {}

    /**
     * A part of this cache with keys of its own: its clear() removes what was stored through it, at
     * once, however much that is. Namespaces nest; clear() includes those within. In the cache itself
     * their keys begin with $prefix and a NUL byte; what is stored there under such a key is found in
     * the namespace, but not cleared with it. All else is the same cache: its size, its statistics, its
     * tags. The object is one of the same class, whose constructor was not called. (For what else may
     * be cleared by chance see invalidateTags().)
     *
     * @param string $prefix 1 to 250 bytes other than NUL; 16 levels at most.
     *
     * @throws ValueError for a prefix that cannot be.
     */
    public function namespace(string $prefix): static {}

    /**
     * Whether something, null included, is stored under $key. It may be gone a moment later.
     */
    public function has(string $key): bool {}

    /**
     * Removes $key.
     *
     * @return bool true also if there was nothing; false if the cache was locked for too long.
     */
    public function delete(string $key): bool {}

    /**
     * The same as delete().
     *
     * @implementation-alias NitroCache::delete
     */
    public function remove(string $key): bool {}

    /**
     * Removes every entry that is there when it begins, of all processes.
     *
     * @return bool false if a part of the cache was locked for too long.
     */
    public function clear(): bool {}

    /**
     * The values under $keys, by key in the given order, $default where there is none.
     *
     * @phpstan-param iterable<string|int> $keys
     *
     * @phpstan-return array<mixed>
     *
     * @throws TypeError if one of $keys is neither string nor int.
     */
    public function getMultiple(iterable $keys, mixed $default = null): array {}

    /**
     * Stores each value under its key. One that cannot be stored does not keep the others from
     * being stored; one that cannot be stored throws, and those before it stay stored.
     *
     * @phpstan-param iterable<string|int, mixed> $values
     * @param null|int|float|DateInterval $ttl As for set().
     * @param string[] $tags As for set(); each value gets all of them.
     *
     * @return bool false if at least one could not be stored.
     *
     * @throws TypeError if a key is neither string nor int, or one of $tags is no string.
     * @throws ValueError as set()
     * @throws NitroCacheException as set()
     */
    public function setMultiple(iterable $values, null|int|float|DateInterval $ttl = null, array $tags = []): bool {}

    /**
     * Removes each of $keys.
     *
     * @phpstan-param iterable<string|int> $keys
     *
     * @return bool false if at least one could not be removed.
     *
     * @throws TypeError if one of $keys is neither string nor int.
     */
    public function deleteMultiple(iterable $keys): bool {}

    /**
     * Adds $by to the number under $key, in one step that no other process can come between. The
     * sum is a float if one of the two is.
     *
     * @param int|float $initial What a key that is not there starts from.
     * @param null|int|float|DateInterval $ttl As for set(), but only for a key that is not there:
     *     one that is there keeps its time.
     *
     * @return int|float The sum. If there is no room to store it, $initial + $by: as if the entry
     *     had been evicted at once (getStats() counts it in failed_sets).
     *
     * @throws ValueError if $by or $initial is NAN or infinite.
     * @throws NitroCacheException if the sum exceeds an int, or $key holds something that is no
     *     number. What was there before stays.
     */
    public function increment(string $key, int|float $by = 1, int|float $initial = 0, null|int|float|DateInterval $ttl = null): int|float {}

    /**
     * Subtracts $by from the number under $key; everything else as in increment().
     *
     * @throws ValueError also if $by is PHP_INT_MIN, which has no negative.
     */
    public function decrement(string $key, int|float $by = 1, int|float $initial = 0, null|int|float|DateInterval $ttl = null): int|float {}

    /**
     * The keys that are there and begin with $prefix, in no order, as strings, numbered from 0.
     *
     * The walk holds nothing of the cache between two steps, so all may go on changing it. A key
     * that is there from beginning to end comes exactly once; one that is stored or removed
     * meanwhile may come or not, and one that is removed and stored anew may come twice. If the
     * cache itself is removed meanwhile, the walk ends. It reads the whole index, whatever the
     * prefix; it counts neither hits nor misses and leaves no entry looking used.
     *
     * @return Traversable<int, string> A NitroIterator.
     */
    public function keys(string $prefix = ''): Traversable {}

    /**
     * Every key that is there with its value, for foreach; everything else as for keys(). The keys
     * are strings, also those that an array would take for integers. A value is what get() would
     * give when the walk comes to it.
     *
     * @return Traversable<string, mixed> A NitroIterator.
     *
     * @throws mixed What an object's methods throw is passed on, and ends the walk.
     */
    public function getIterator(): Traversable {}

    /**
     * The number of entries, as in getStats(): those that expired and were not tidied up yet count. In
     * a namespace: of its own that are alive, for which the whole index is looked through.
     */
    public function count(): int {}

    /**
     * What there is to know of the entry under $key, or null if there is none. Counts neither a hit
     * nor a miss, and does not make the entry look used.
     */
    public function getEntry(string $key): ?NitroEntry {}

    /**
     * What is in the cache, and what happened in it since it was made, counted over all processes.
     *
     * name, segment: of the cache, and of its shared memory. created_at: Unix time.
     * uptime_seconds: since then, by the wall clock.
     * usage_bytes, usage_kb, usage_mb: what the entries take, their keys and headers included.
     * live_bytes: the same as usage_bytes. free_bytes: where the next entries go, without any work.
     * dead_bytes: the rest of capacity_bytes, of entries that are no more; it becomes free when their
     * turn comes, which is when room is needed. held_bytes: of these, what readers and writers were seen
     * to use when room was made lately. probation_bytes: of capacity_bytes, what is set aside for
     * keys that were stored for the first time lately; 0 until memory is full. pinned_bytes: of entries, also of those that are no
     * more, that are in use in place, as far as is counted. reserved_bytes: of capacity_bytes, what
     * has memory behind it so far.
     * max_bytes: the size of the whole segment. capacity_bytes: what entries can use of it.
     * largest_value: the longest string, in bytes, that fits under a key of up to 8 bytes.
     * entries: those that expired and were not tidied up yet count.
     * hits, misses, sets, deletes: calls. failed_sets: calls of methods that store, and could not; not
     * those whose condition did not hold.
     * evictions: entries that had to go; evictions_full_bucket: of these, for want of an index slot.
     * expired: entries tidied up after their time, or for their tags. moved_bytes: entries moved to make room.
     * pins, copies: large values handed out in place, and those copied since that was not possible.
     * lock_waits, lock_timeouts, recoveries: of writers; the last took a lock over from the dead.
     * stripes, rows, rows_used: the tables; a row is a process or thread that is attached.
     * guest_calls, refused_calls: made by processes that found no row, and those that had to fail.
     * named_locks: those that are held.
     * janitor_pid: 0 if there is none. janitor_heartbeat: Unix time of its last round, one each second
     * as long as its sweeps are short; 0 if there is none. at_home: whether values can be used in place here.
     * refused_bytes: the size that this process asked for and did not get; 0 if there is none.
     * per_stripe: only if asked for; ring_bytes is its part of capacity_bytes, hand the offset in it
     * where the next entry goes. The numbers of one stripe may be of different moments.
     *
     * @phpstan-return array{
     *     name: string, segment: string, created_at: int, uptime_seconds: int,
     *     usage_bytes: int, usage_kb: float, usage_mb: float,
     *     live_bytes: int, dead_bytes: int, free_bytes: int, held_bytes: int, probation_bytes: int, pinned_bytes: int,
     *     reserved_bytes: int,
     *     max_bytes: int, capacity_bytes: int, largest_value: int,
     *     entries: int, hits: int, misses: int, sets: int, deletes: int, failed_sets: int,
     *     evictions: int, evictions_full_bucket: int, expired: int, moved_bytes: int,
     *     pins: int, copies: int,
     *     lock_waits: int, lock_timeouts: int, recoveries: int,
     *     stripes: int, rows: int, rows_used: int, guest_calls: int, refused_calls: int,
     *     named_locks: int, janitor_pid: int, janitor_heartbeat: int, at_home: bool, refused_bytes: int,
     *     per_stripe?: list<array{
     *         entries: int, usage_bytes: int, free_bytes: int, held_bytes: int, probation_bytes: int, pinned_bytes: int,
     *         ring_bytes: int, reserved_bytes: int, hand: int
     *     }>
     * }
     */
    public function getStats(bool $perStripe = false): array {}
}

/**
 * A walk through a cache: what NitroCache::keys() and getIterator() give. It begins with the first
 * question that it is asked; rewind() begins anew, in the cache as it is then.
 *
 * @strict-properties
 * @not-serializable
 */
final class NitroIterator implements Iterator
{
    private function __construct() {}

    /**
     * The key or the value that the walk has come to; null at the end.
     */
    public function current(): mixed {}

    /**
     * The number of the key, or the key of the value; null at the end.
     */
    public function key(): null|int|string {}

    /**
     * Goes on to the next one.
     */
    public function next(): void {}

    /**
     * Begins anew.
     */
    public function rewind(): void {}

    /**
     * False: that was all.
     */
    public function valid(): bool {}
}

/**
 * What was known of an entry at the moment of NitroCache::getEntry().
 *
 * @strict-properties
 * @not-serializable
 */
final class NitroEntry
{
    /**
     * Bytes of the value: a string's length; of anything else, what is stored for it, which is
     * nothing for null and bools.
     */
    public readonly int $size;

    /**
     * Bytes of memory that the entry takes, key, header and tags included; not its index slot.
     */
    public readonly int $storedSize;

    /**
     * "null", "bool", "int", "float", "string", "array" or "object"; "rate limit" for what allow()
     * keeps. What igbinary stores is an "object", also if it is an array with objects.
     */
    public readonly string $kind;

    /**
     * Unix time, to some milliseconds, at which the entry expires; null: it does not.
     */
    public readonly ?float $expires;

    /**
     * Unix time at which the value was stored, where that is kept: with entries that have tags or
     * can be used after their time. Otherwise null.
     */
    public readonly ?int $created;

    /**
     * The names of the entry's tags.
     *
     * @var list<string>
     */
    public readonly array $tags;

    private function __construct() {}
}
