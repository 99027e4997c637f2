<?php
// A value as it lies in the segment's file, to be overwritten there.

final class StoredValue
{
    // So much is searched at a time; the next piece begins in the middle of it.
    private const PIECE = 1 << 16;
    // core/stripe/block.h
    private const HEADER = 24;
    private const KIND = 4;
    private const HAS_POINTERS = 6;
    // core/store/value.h
    private const ARRAY = 7;
    private const GRAPH = 8;
    private const COMPRESSED_STRING = 9;

    private function __construct(
        private readonly NitroCache $cache,
        private readonly string $key,
        private readonly mixed $file,
        private readonly int $block,
        private readonly string $header,
        private readonly string $bytes,
    ) {
    }

    /** null: a plain one, in which nothing can be wrong. */
    public static function find(NitroCache $cache, string $key): ?self
    {
        static $file = null;
        $file ??= fopen(self::path(), 'r+');
        stream_set_read_buffer($file, 0);
        stream_set_write_buffer($file, 0);
        $at = self::position($file, $key) - self::HEADER;
        $header = self::read($file, $at, self::HEADER);
        ['kind' => $kind, 'pointers' => $has_pointers, 'length' => $length] =
            unpack('x4/Ckind/x/Cpointers/x/x8/x4/Vlength', $header);
        if (!$has_pointers && $kind !== self::COMPRESSED_STRING && $length < 2048) {
            return null;
        }
        return new self($cache, $key, $file, $at, $header, self::read($file, $at + self::offset($key), $length));
    }

    public function bytes(): string
    {
        return $this->bytes;
    }

    public function has_pointers(): bool
    {
        return ord($this->header[self::HAS_POINTERS]) !== 0;
    }

    public function length(): int
    {
        return strlen($this->bytes);
    }

    /**
     * A pure array is decoded where it lies, where nobody sees what is read beside it. As a graph,
     * which it is, too, it is copied first: to memory that ends where it ends.
     *
     * False: the block is not there any more.
     */
    public function replace(string $bytes, bool $is_copied_first): bool
    {
        strlen($bytes) === strlen($this->bytes) || throw new LogicException('It has another length now');
        $header = self::read($this->file, $this->block, self::HEADER);
        $unmarked = fn (string $header) => substr_replace($header, "\0\0", self::KIND, 2);
        if ($unmarked($header) !== $unmarked($this->header) || !$this->cache->has($this->key)) {
            return false;
        }
        if (ord($this->header[self::KIND]) === self::ARRAY) {
            self::write($this->file, $this->block + self::KIND, chr($is_copied_first ? self::GRAPH : self::ARRAY));
        }
        self::write($this->file, $this->block + self::offset($this->key), $bytes);
        return true;
    }

    private static function offset(string $key): int
    {
        return (self::HEADER + strlen($key) + 7) & ~7;
    }

    private static function path(): string
    {
        $paths = glob('/dev/shm/nitro.*.' . ini_get('nitro.name') . '.*');
        return count($paths) === 1 ? $paths[0] : throw new LogicException('There are ' . count($paths) . ' segments');
    }

    private static function position(mixed $file, string $key): int
    {
        for ($at = 0; ($bytes = self::read($file, $at, self::PIECE)) !== ''; $at += self::PIECE / 2) {
            $position = strpos($bytes, $key);
            if ($position !== false) {
                return $at + $position;
            }
        }
        throw new LogicException("'$key' is not in the segment");
    }

    private static function read(mixed $file, int $at, int $length): string
    {
        fseek($file, $at);
        return stream_get_contents($file, $length);
    }

    private static function write(mixed $file, int $at, string $bytes): void
    {
        fseek($file, $at);
        fwrite($file, $bytes) === strlen($bytes) || throw new LogicException('The segment cannot be written');
    }
}
