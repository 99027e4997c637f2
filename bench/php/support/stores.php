<?php
// The same loops for each store. They are written out, since a call through an interface would cost
// as much as what is measured.

declare(strict_types=1);

interface Store
{
    public function put(string $key, mixed $value): void;

    public function read(string $key, int $times): void;

    /**
     * Reads the keys one after the other, over and over.
     *
     * @param list<string> $keys
     */
    public function readEach(array $keys, int $times): void;

    public function writeIntegers(string $key, int $times): void;

    /** A new string each time: setting a byte makes PHP forget the string's hash. */
    public function writeStrings(string $key, string $value, int $times): void;

    public function increment(string $key, int $times): void;
}

/** What a loop costs that does nothing: subtracted from all others. */
final class NoStore implements Store
{
    public function put(string $key, mixed $value): void
    {
    }

    public function read(string $key, int $times): void
    {
        for ($i = 0; $i < $times; ++$i) {
        }
    }

    public function readEach(array $keys, int $times): void
    {
        for ($i = 0; $i < $times; $i += count($keys)) {
            foreach ($keys as $key) {
            }
        }
    }

    public function writeIntegers(string $key, int $times): void
    {
        $this->read($key, $times);
    }

    public function writeStrings(string $key, string $value, int $times): void
    {
        for ($i = 0; $i < $times; ++$i) {
            $value[0] = 'v';
        }
    }

    public function increment(string $key, int $times): void
    {
        $this->read($key, $times);
    }
}

final class ArrayStore implements Store
{
    /** @var array<string, mixed> */
    private array $array = [];

    public function put(string $key, mixed $value): void
    {
        $this->array[$key] = $value;
    }

    public function read(string $key, int $times): void
    {
        $array = $this->array;
        for ($i = 0; $i < $times; ++$i) {
            $found = $array[$key] ?? null;
        }
    }

    public function readEach(array $keys, int $times): void
    {
        $array = $this->array;
        for ($i = 0; $i < $times; $i += count($keys)) {
            foreach ($keys as $key) {
                $found = $array[$key] ?? null;
            }
        }
    }

    public function writeIntegers(string $key, int $times): void
    {
        $array = $this->takeArray();
        for ($i = 0; $i < $times; ++$i) {
            $array[$key] = $i;
        }
        $this->array = $array;
    }

    public function writeStrings(string $key, string $value, int $times): void
    {
        $array = $this->takeArray();
        for ($i = 0; $i < $times; ++$i) {
            $value[0] = 'v';
            $array[$key] = $value;
        }
        $this->array = $array;
    }

    public function increment(string $key, int $times): void
    {
        $array = $this->takeArray();
        for ($i = 0; $i < $times; ++$i) {
            ++$array[$key];
        }
        $this->array = $array;
    }

    /**
     * Out of the property, so that it is not shared and copied on write.
     *
     * @return array<string, mixed>
     */
    private function takeArray(): array
    {
        $array = $this->array;
        $this->array = [];

        return $array;
    }
}

final class NitroStore implements Store
{
    public function __construct(private readonly NitroCache $cache)
    {
    }

    public function put(string $key, mixed $value): void
    {
        $this->cache->set($key, $value) ?: giveUp("NitroCache did not store \"$key\".");
    }

    public function read(string $key, int $times): void
    {
        $cache = $this->cache;
        for ($i = 0; $i < $times; ++$i) {
            $found = $cache->get($key);
        }
    }

    public function readEach(array $keys, int $times): void
    {
        $cache = $this->cache;
        for ($i = 0; $i < $times; $i += count($keys)) {
            foreach ($keys as $key) {
                $found = $cache->get($key);
            }
        }
    }

    public function writeIntegers(string $key, int $times): void
    {
        $cache = $this->cache;
        for ($i = 0; $i < $times; ++$i) {
            $cache->set($key, $i);
        }
    }

    public function writeStrings(string $key, string $value, int $times): void
    {
        $cache = $this->cache;
        for ($i = 0; $i < $times; ++$i) {
            $value[0] = 'v';
            $cache->set($key, $value);
        }
    }

    public function increment(string $key, int $times): void
    {
        $cache = $this->cache;
        for ($i = 0; $i < $times; ++$i) {
            $cache->increment($key);
        }
    }
}

final class ApcuStore implements Store
{
    public function put(string $key, mixed $value): void
    {
        apcu_store($key, $value) ?: giveUp("APCu did not store \"$key\".");
    }

    public function read(string $key, int $times): void
    {
        for ($i = 0; $i < $times; ++$i) {
            $found = apcu_fetch($key);
        }
    }

    public function readEach(array $keys, int $times): void
    {
        for ($i = 0; $i < $times; $i += count($keys)) {
            foreach ($keys as $key) {
                $found = apcu_fetch($key);
            }
        }
    }

    public function writeIntegers(string $key, int $times): void
    {
        for ($i = 0; $i < $times; ++$i) {
            apcu_store($key, $i);
        }
    }

    public function writeStrings(string $key, string $value, int $times): void
    {
        for ($i = 0; $i < $times; ++$i) {
            $value[0] = 'v';
            apcu_store($key, $value);
        }
    }

    public function increment(string $key, int $times): void
    {
        for ($i = 0; $i < $times; ++$i) {
            apcu_inc($key);
        }
    }
}
