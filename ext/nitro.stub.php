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
 * @not-serializable
 */
class NitroCache
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
     * @return bool false if it could not be stored (too large, no room, the cache is locked for too
     *     long). What was there before is gone then, or intact, but never half.
     *
     * @throws ValueError if $ttl is NAN.
     * @throws NitroCacheException for a value with a closure, a resource, a generator or an object
     *     of an anonymous class, or nested deeper than 4096 levels; the message names the place. What
     *     an object's methods throw is passed on. What was there before stays.
     */
    public function set(string $key, mixed $value, null|int|float|DateInterval $ttl = null): bool {}

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
     *
     * @return bool false if at least one could not be stored.
     *
     * @throws TypeError if a key is neither string nor int.
     */
    public function setMultiple(iterable $values, null|int|float|DateInterval $ttl = null): bool {}

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
     * What is in the cache, and what happened in it since it was made, counted over all processes.
     *
     * name, segment: of the cache, and of its shared memory. created_at: Unix time.
     * usage_bytes, usage_kb, usage_mb: what the entries take, their keys and headers included.
     * max_bytes: the size of the whole segment. capacity_bytes: what entries can use of it.
     * largest_value: the longest string, in bytes, that fits under a key of up to 8 bytes.
     * entries: those that expired and were not tidied up yet count.
     * hits, misses, sets, deletes: calls. failed_sets: calls of set(), increment() and decrement()
     * that stored nothing.
     * evictions: entries that had to go; evictions_full_bucket: of these, for want of an index slot.
     * expired: entries tidied up after their time. moved_bytes: entries moved to make room.
     * pins, copies: large values handed out in place, and those copied since that was not possible.
     * lock_waits, lock_timeouts, recoveries: of writers; the last took a lock over from the dead.
     * stripes, rows, rows_used: the tables; a row is a process or thread that is attached.
     * guest_calls, refused_calls: made by processes that found no row, and those that had to fail.
     * janitor_pid: 0 if there is none. at_home: whether values can be used in place here.
     * refused_bytes: the size that this process asked for and did not get; 0 if there is none.
     *
     * @phpstan-return array{
     *     name: string, segment: string, created_at: int,
     *     usage_bytes: int, usage_kb: float, usage_mb: float,
     *     max_bytes: int, capacity_bytes: int, largest_value: int,
     *     entries: int, hits: int, misses: int, sets: int, deletes: int, failed_sets: int,
     *     evictions: int, evictions_full_bucket: int, expired: int, moved_bytes: int,
     *     pins: int, copies: int,
     *     lock_waits: int, lock_timeouts: int, recoveries: int,
     *     stripes: int, rows: int, rows_used: int, guest_calls: int, refused_calls: int,
     *     janitor_pid: int, at_home: bool, refused_bytes: int
     * }
     */
    public function getStats(): array {}
}
