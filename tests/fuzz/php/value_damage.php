<?php
// Damage to the bytes of a stored value: any bits, and what is worse, bits that look right.
require_once __DIR__ . '/value_generator.php';

/** The same for the same bytes and the same state of mt_rand(). */
final class ValueDamage
{
    // What a zval says of its kind; the last two are none.
    private const TYPES = [0, 1, 2, 3, 4, 5, 6, 0x106, 7, 0x307, 0x308, 0x10a, 12, 0xff];
    private const LENGTHS = [0, 1, 2, 7, 8, 9, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, PHP_INT_MAX,
        PHP_INT_MIN, -1, -2, -8, -16];
    // Such as are in the value, others, and what can have no objects, or none by unserialize().
    private const CLASSES = ['Plain', 'Typed', 'Fixed', 'Guest', 'Magic', 'Level', 'Open', 'Node', 'Suit', 'Base',
        'Custom', 'Colour', 'Sleeper', 'Derived', 'Tracked', 'Old', 'CustomChild', 'stdClass', 'ArrayObject',
        'Closure', 'Generator', 'Iterator', 'Countable', 'WeakMap', 'SplFixedArray', 'SplObjectStorage', 'DateTime',
        'DateTimeZone', 'DatePeriod', 'DateInterval', 'SplQueue', 'ArrayIterator', 'CachingIterator', 'SplMinHeap',
        'Exception', 'NitroCache', 'Nowhere', '__PHP_Incomplete_Class', 'SplFileObject', 'ReflectionClass'];

    private readonly int $home;
    private readonly int $words;     // without the map
    private readonly array $pointers;  // which of them are some
    private readonly array $zvals;     // and which of those are followed by what they lead to
    private string $bytes;
    private array $log = [];

    public function __construct(private readonly string $whole, bool $has_pointers)
    {
        $bytes = $this->bytes = $whole;
        $words = intdiv(strlen($bytes), 8);
        $this->words = $words - intdiv($words + 64, 65);
        $pointers = [];
        for ($word = 0; $has_pointers && $word < $this->words; $word++) {
            $map = 8 * ($this->words + intdiv($word, 64)) + intdiv($word % 64, 8);
            if (ord($bytes[$map]) >> $word % 8 & 1) {
                $pointers[] = $word;
            }
        }
        $this->pointers = $pointers;
        $this->zvals = array_values(array_filter($pointers,
            fn (int $word) => in_array($this->word($word + 1) & 0xffffffff, self::TYPES, true)));
        // The first thing behind the head is what the root leads to.
        $this->home = $pointers === [] ? 0 : $this->word($pointers[0]) - 24;
    }

    public function start_anew(): void
    {
        [$this->bytes, $this->log] = [$this->whole, []];
    }

    public static function some_class_names(): array
    {
        $names = [];
        for ($i = mt_rand(1, 4); $i > 0; $i--) {
            $name = self::CLASSES[array_rand(self::CLASSES)];
            array_push($names, $name, strtolower($name));
        }
        return $names;
    }

    public function bytes(): string
    {
        return $this->bytes;
    }

    public function description(): string
    {
        return implode(', ', $this->log);
    }

    public function once(): void
    {
        if ($this->pointers === [] || chance(6)) {
            $this->any_bits();
        } elseif (chance(12)) {
            $this->rename_class();
        } else {
            $this->likely_bits($this->pointers[array_rand($this->pointers)]);
        }
    }

    private function any_bits(): void
    {
        $total = intdiv(strlen($this->bytes), 8);
        // Seldom in the map, which nobody should ask.
        $word = mt_rand(0, (chance(10) || $this->words === 0 ? $total : $this->words) - 1);
        switch (mt_rand(0, 7)) {
            case 0:
                $this->set($word, $this->word($word) ^ 1 << mt_rand(0, 63), 'a bit');
                break;
            case 1:
                $this->bytes[8 * $word + mt_rand(0, 7)] = chr(mt_rand(0, 255));
                $this->log[] = "a byte of word $word";
                break;
            case 2:
                $this->set($word, mt_rand() << 33 ^ mt_rand() << 11 ^ mt_rand(), 'a random word');
                break;
            case 3:
                $this->set($word, $this->word(mt_rand(0, $total - 1)), 'another word');
                break;
            case 4:
                $this->set($word, $this->word($word) + mt_rand(-9, 9), 'some more');
                break;
            case 5:
                $this->set($word, $this->word($word) + (mt_rand(-9, 9) << 32), 'some more in the upper half');
                break;
            case 6:
                $this->set($word, self::LENGTHS[array_rand(self::LENGTHS)], 'an odd number');
                break;
            case 7:
                $this->set($word, mt_rand(0, 2 * strlen($this->bytes)), 'a length');
                break;
        }
    }

    /** Of a pointer, of what is beside it, or of what it leads to. */
    private function likely_bits(int $pointer): void
    {
        $other = $this->pointers[array_rand($this->pointers)];
        $target = $this->target($pointer);
        switch (mt_rand(0, 9)) {
            case 0:
                for ($try = 0; $try < 20 && $this->kind($other) !== $this->kind($pointer); $try++) {
                    $other = $this->pointers[array_rand($this->pointers)];
                }
                $this->set($pointer, $this->word($other), "the pointer of word $other");
                break;
            case 1:
                $this->set($pointer, $this->home + 8 * mt_rand(-2, $this->words + 2), 'a pointer');
                break;
            case 2:
                $this->set($pointer, $this->word($pointer) + mt_rand(-64, 64), 'a pointer nearby');
                break;
            case 3:
                $this->set($pointer, $this->home + 8 * $this->words - mt_rand(0, 80), 'a pointer to the end');
                break;
            case 4:
                $type = self::TYPES[array_rand(self::TYPES)];
                $this->set($pointer + 1, $type | $this->word($pointer + 1) & ~0xffffffff, 'a type');
                break;
            case 5:
            case 6:
                [$from, $to] = [array_rand($this->zvals), array_rand($this->zvals)];
                $this->copy($this->zvals[$from], $this->zvals[$to], 2, 'the zval');
                break;
            case 7:
                $this->copy($this->target($other), $target, mt_rand(1, 8), 'the node');
                break;
            case 8:
                // Where counts, lengths, numbers and forms are.
                $word = $target + mt_rand(0, 6);
                $this->set($word, $this->word($word) + (mt_rand(-3, 3) << 32 * mt_rand(0, 1)), 'one or two more');
                break;
            case 9:
                $number = chance(2) ? self::LENGTHS[array_rand(self::LENGTHS)] : intdiv($this->words, mt_rand(1, 12));
                $this->set($target + mt_rand(0, 6), $number, 'an odd number');
                break;
        }
    }

    /** To one whose name is as long, be there such a class or not. */
    private function rename_class(): void
    {
        $there = array_values(array_filter(self::CLASSES, fn (string $name) => str_contains($this->bytes, $name)));
        if ($there === []) {
            return;
        }
        $from = $there[array_rand($there)];
        $as_long = array_values(array_filter(self::CLASSES, fn (string $name) => strlen($name) === strlen($from)));
        $to = chance(4) ? str_pad('', strlen($from), 'Nobody') : $as_long[array_rand($as_long)];
        $this->bytes = strtr($this->bytes, [$from => $to, strtolower($from) => strtolower($to)]);
        $this->log[] = "$from becomes $to";
    }

    /** Of what it leads to: strings, arrays and nodes begin with different words. */
    private function kind(int $pointer): int
    {
        return $this->word($this->target($pointer)) >> 32;
    }

    private function target(int $pointer): int
    {
        $offset = $this->word($pointer) - $this->home;
        return is_int($offset) ? intdiv($offset, 8) : -1;
    }

    private function copy(int $from, int $to, int $words, string $what): void
    {
        for ($i = 0; $i < $words; $i++) {
            $this->set($to + $i, $this->word($from + $i), "$what of word $from");
        }
    }

    private function word(int $word): int
    {
        return $this->is_word($word) ? unpack('P', $this->bytes, 8 * $word)[1] : 0;
    }

    private function set(int $word, int|float $to, string $what): void
    {
        if ($this->is_word($word)) {
            $this->bytes = substr_replace($this->bytes, pack('P', is_int($to) ? $to : 0), 8 * $word, 8);
            $this->log[] = "$what for word $word";
        }
    }

    private function is_word(int $word): bool
    {
        return $word >= 0 && 8 * $word + 8 <= strlen($this->bytes);
    }
}
