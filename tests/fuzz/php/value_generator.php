<?php
// Random values of every kind, of bounded size: the same for the same state of mt_rand().
require_once __DIR__ . '/value_classes.php';
require_once __DIR__ . '/value_description.php';

function chance(int $one_in): bool
{
    return mt_rand(1, $one_in) === 1;
}

/** Not array_rand(): what that returns depends on where in memory the elements lie. */
function random_key(array $array): int|string
{
    return array_keys($array)[mt_rand(0, count($array) - 1)];
}

/**
 * Nothing that serialize() does not get right: it makes references of all places of an object that
 * has a reference to it, and null of many an array that lies in itself.
 */
final class RandomValues
{
    private const DEEPEST = 7;
    private const CLASSES = [stdClass::class, Plain::class, Typed::class, Fixed::class, Base::class,
        Derived::class, Open::class, Custom::class, CustomChild::class, Sleeper::class, Magic::class,
        Node::class, Tracked::class, Guest::class, Old::class];
    // Their declared properties may be absent.
    private const WITHOUT_METHODS = [Plain::class, Typed::class, Base::class, Derived::class, Open::class,
        Node::class];
    // Their properties are no references: which of them __serialize() would hand on is its own affair.
    private const WITH_OWN_FORM = [Custom::class, CustomChild::class, Guest::class, Old::class];
    private const INTERNAL_KINDS = 12;
    private const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', '+05:30', 'CEST'];
    // As the code has them: interned, and immutable.
    private const LITERALS = ['a literal', ['one', 'two', [3.5]], ['literal' => ['nested' => null]], []];

    private int $nodes;
    private int $bytes = 200000;
    private array $strings = ['shared'];
    private array $arrays = [];
    private array $objects = [];
    private array $references = [];
    private array $enclosing = [];  // those of the references that lead to arrays they may lie in
    private int $impure = 0;        // how many references and objects were put in

    // Whether declared properties may be absent.
    private readonly bool $leaves_out;

    private function __construct(private readonly bool $is_pure)
    {
        $this->leaves_out = chance(6);
        $this->nodes = 1 << mt_rand(0, 8);
    }

    // What the last value has references to: if nobody else had them, it would be another kind of value.
    private static array $kept = [];

    public static function any(): mixed
    {
        do {
            $generator = new self(chance(2));
            $value = $generator->value(0);
            self::$kept = $generator->enclosing;
            $is_good = $generator->is_pure || $generator->leaves_out;
            unset($generator);  // which has references, too
        } while (!$is_good && !Description::is_faithful($value));
        return $value;
    }

    public static function forget(): void
    {
        self::$kept = [];
    }

    public static function scalar(): mixed
    {
        return (new self(true))->plain();
    }

    public static function small(): mixed
    {
        $generator = new self(chance(2));
        $generator->nodes = 3;
        return $generator->value(5);
    }

    public static function object(): object
    {
        $generator = new self(false);
        $generator->nodes = 40;
        return chance(4) ? $generator->internal_object(mt_rand(0, self::INTERNAL_KINDS - 1), 1)
            : $generator->object_of(self::CLASSES[array_rand(self::CLASSES)], 1);
    }

    /** One of each, so that what PHP needs for the first one of a kind is there from then on. */
    public static function one_of_each(): array
    {
        $generator = new self(false);
        $all = [];
        for ($kind = 0; $kind < 16; $kind++) {
            $all[] = $generator->array_of($kind, 0);
        }
        foreach (self::CLASSES as $class) {
            $all[] = $generator->object_of($class, 0);
        }
        for ($kind = 0; $kind < self::INTERNAL_KINDS; $kind++) {
            $all[] = $generator->internal_object($kind, 0);
        }
        foreach (self::ZONES as $zone) {
            $all[] = new DateTimeZone($zone);
        }
        return $all;
    }

    private function value(int $depth): mixed
    {
        if (--$this->nodes < 0 || $depth > self::DEEPEST) {
            return $this->plain();
        }
        // The value itself is seldom a plain one.
        $kind = mt_rand($depth === 0 && !chance(10) ? 8 : 0, 19);
        return match (true) {
            $kind < 8 => $this->plain(),
            $kind === 8 => self::LITERALS[array_rand(self::LITERALS)],
            $kind === 9 && $this->arrays !== [] => $this->known_array(),
            $kind < 14 || $this->is_pure => $this->array_of(mt_rand(0, 15), $depth),
            $kind === 14 && $this->objects !== [] => $this->known_object(),
            $kind === 15 => [Suit::Hearts, Suit::Spades, Level::High, Colour::Red, Colour::None][mt_rand(0, 4)],
            $kind === 16 => $this->internal_object(mt_rand(0, self::INTERNAL_KINDS - 1), $depth),
            default => $this->object_of(self::CLASSES[array_rand(self::CLASSES)], $depth),
        };
    }

    private function plain(): mixed
    {
        return match (mt_rand(0, 7)) {
            0 => [null, false, true][mt_rand(0, 2)],
            1, 2 => $this->int(),
            3 => $this->float(),
            default => $this->string(),
        };
    }

    private function int(): int
    {
        return [0, 1, -1, PHP_INT_MAX, PHP_INT_MIN, 1 << 31, -(1 << 31), 0xffffffff, 255, mt_rand(), -mt_rand(),
            mt_rand(0, 9)][mt_rand(0, 11)];
    }

    private function float(): float
    {
        return [0.0, -0.0, 1.5, INF, -INF, NAN, 5e-324, PHP_FLOAT_MAX, PHP_FLOAT_EPSILON, 0.1 + 0.2, 1e15, -1e300,
            (float) PHP_INT_MAX, mt_rand() / 7][mt_rand(0, 13)];
    }

    private function string(): string
    {
        if (chance(5)) {
            return $this->strings[array_rand($this->strings)];
        }
        $length = match (mt_rand(0, 9)) {
            0 => mt_rand(0, 1),
            1 => mt_rand(6, 9),
            2 => mt_rand(14, 17),
            3 => mt_rand(22, 34),
            4 => chance(4) ? mt_rand(2040, 2060) : mt_rand(200, 300),
            5 => chance(12) ? 65536 + mt_rand(-20, 20) : 3,
            default => mt_rand(2, 60),
        };
        if ($length > $this->bytes) {
            return 'out of bytes';
        }
        $this->bytes -= $length;
        $string = match (mt_rand(0, 5)) {
            0 => substr(str_repeat(pack('L', mt_rand()) . "\0\xff", intdiv($length, 6) + 1), 0, $length),
            1 => (string) $this->int(),
            2 => ['12', '-5', '012', ' 1', '1.5', '1e3', '9223372036854775808', 'stdClass', 'ä€𝄞'][mt_rand(0, 8)],
            default => str_pad('', $length, 'text ' . mt_rand() . ' '),
        };
        if (chance(4)) {
            isset($this->strings[$string]);  // makes PHP compute the hash
        }
        return $this->strings[] = $string;
    }

    private function key(): int|string
    {
        return match (mt_rand(0, 4)) {
            0 => mt_rand(-3, 20),
            1 => $this->int(),
            default => $this->string(),
        };
    }

    /** One that is part of the value already: the two share their memory. */
    private function known_array(): array
    {
        [$array, $size] = $this->arrays[array_rand($this->arrays)];
        if ($size > $this->nodes) {
            return [];
        }
        $this->nodes -= $size;
        return $array;
    }

    private function array_of(int $kind, int $depth): array
    {
        $nodes = $this->nodes;
        $impure = $this->impure;
        $count = chance(8) ? mt_rand(5, 70) : mt_rand(0, 9);
        $array = [];
        if (!$this->is_pure && !$this->leaves_out && chance(4)) {
            $this->references[] = &$array;  // what comes into it may lead back to it
            $this->enclosing[] = &$array;
            $this->impure++;
        }
        switch ($kind) {
            case 0:
                return [];
            case 1:
                $array = ['gone' => 1, 5 => 2];
                unset($array['gone'], $array[5]);
                return $array;
            case 2:
                return range(mt_rand(-5, 5), chance(6) ? mt_rand(1000, 3000) : mt_rand(6, 40));
            case 3:
                $array = array_fill(mt_rand(0, 3), $count + 2, $this->plain());
                unset($array[mt_rand(0, $count)], $array[mt_rand(0, $count)]);
                break;
            case 4:
                $array = array_fill(0, 9, true);
                for ($i = 0; $i < 9; $i++) {
                    unset($array[$i]);
                }
                break;
            case 5:
                for ($i = mt_rand(3, chance(6) ? 150 : 8); $i > 0; $i--) {
                    $array = chance(2) ? [$array] : ['deeper' => $array, 'beside' => $i];
                }
                return $array;
            case 6:
                $total = $count * (chance(10) ? 40 : 1);
                for ($i = 0; $i < $total; $i++) {
                    $array["key $i"] = $i;
                }
                for ($i = 0; $i < $total; $i += mt_rand(1, 4)) {
                    unset($array["key $i"]);
                }
                break;
        }
        for ($i = 0; $i < $count && $this->nodes > 0; $i++) {
            $this->put($array, $kind < 10 ? $i * 2 % 7 : $this->key(), $depth);
        }
        if ($array !== [] && chance(5)) {
            unset($array[array_rand($array)]);
        }
        if (chance(6)) {
            next($array);
        }
        if ($this->impure === $impure) {
            $this->arrays[] = [$array, $nodes - $this->nodes + count($array)];
        }
        return $array;
    }

    private function put(array &$array, int|string $key, int $depth): void
    {
        unset($array[$key]);  // it may be a reference that takes values of one type only
        if (!$this->is_pure && chance(6)) {
            $array[$key] = &$this->reference($depth);
        } else {
            $array[$key] = $this->value($depth + 1);
        }
    }

    private function &reference(int $depth): mixed
    {
        $this->impure++;
        if ($this->references === [] || chance(2)) {
            $new = $this->value($depth + 1);
            if (is_object($new)) {
                $new = [$new];
            }
            $this->references[] = &$new;
            return $new;
        }
        return $this->references[array_rand($this->references)];
    }

    private function object_of(string $class, int $depth): object
    {
        $object = (new ReflectionClass($class))->newInstanceWithoutConstructor();
        $this->impure++;
        $this->objects[] = $object;
        foreach (properties_of($class) as [$scope, $name, $type, $is_readonly]) {
            if (chance(4) || in_array($name, NOT_STORED, true)) {
                if ($this->leaves_out && chance(2) && in_array($class, self::WITHOUT_METHODS, true)) {
                    inside($object, $scope, function () use ($name) { unset($this->$name); });
                }
                continue;
            }
            $value = $class === Old::class ? $this->string() : $this->value_of_type($type, $depth);
            if ($is_readonly || is_object($value) || in_array($class, self::WITH_OWN_FORM, true) || !chance(5)) {
                inside($object, $scope, function () use ($name, $value) { $this->$name = $value; });
            } else {
                if ($type === '' && chance(2)) {
                    $value = &$this->reference($depth);
                } else {
                    $this->references[] = &$value;
                }
                inside($object, $scope, function () use ($name, &$value) { $this->$name = &$value; });
            }
            unset($value);
        }
        if ($class === stdClass::class || $class === Open::class) {
            for ($i = mt_rand(0, 5); $i > 0 && $this->nodes > 0; $i--) {
                $name = (string) $this->key();
                if (!str_starts_with($name, "\0")) {
                    unset($object->$name);
                    $object->$name = $this->value($depth + 1);
                    if (chance(8)) {
                        $object->$name = &$this->reference($depth);
                    }
                }
            }
        }
        return $object;
    }

    private function value_of_type(string $type, int $depth): mixed
    {
        $class = ltrim($type, '?');
        return match ($type) {
            'int' => $this->int(),
            'float' => $this->float(),
            'bool' => chance(2),
            '?string', 'string|int|null' => chance(3) ? null : $this->string(),
            'array' => $this->array_of(mt_rand(0, 15), $depth + 1),
            '', 'mixed' => $this->value($depth + 1),
            default => chance(2) || $this->nodes < 0 || $depth > self::DEEPEST
                ? $this->known_object($class) : $this->object_of($class, $depth + 1),
        };
    }

    private function known_object(string $class = 'object'): ?object
    {
        $this->impure++;
        if ($class === 'object') {
            return $this->objects[array_rand($this->objects)];
        }
        $known = array_filter($this->objects, fn (object $object) => $object instanceof $class);
        return $known === [] ? null : $known[array_rand($known)];
    }

    private function internal_object(int $kind, int $depth): object
    {
        $zone = new DateTimeZone(self::ZONES[array_rand(self::ZONES)]);
        $when = '@' . mt_rand(0, 1 << 31) . '.' . mt_rand(0, 999999);
        $object = match ($kind) {
            0 => (new DateTimeImmutable($when))->setTimezone($zone),
            1 => (new DateTime($when))->setTimezone($zone),
            2 => $zone,
            3 => new DateInterval(['P1Y2M3DT4H5M6S', 'PT0S', 'P40D'][mt_rand(0, 2)]),
            4 => (new NotedDate($when))->setTimezone($zone),
            5 => new ArrayObject($this->array_of(mt_rand(2, 15), $depth + 1), mt_rand(0, 3)),
            6 => new RichArrayObject($this->object_of(Open::class, $depth + 1)),
            7 => new ArrayIterator($this->array_of(mt_rand(2, 15), $depth + 1)),
            8 => new SplObjectStorage,
            9 => SplFixedArray::fromArray([$this->plain(), $this->value($depth + 1)]),
            10 => [new SplDoublyLinkedList, new SplQueue, new SplStack][mt_rand(0, 2)],
            11 => new DatePeriod(new DateTimeImmutable($when), new DateInterval('P1D'), mt_rand(1, 3)),
        };
        $this->impure++;
        $this->objects[] = $object;
        if ($kind === 4) {
            $object->note = $this->value($depth + 1);
        } elseif ($kind === 6) {
            $object->extra = $this->value($depth + 1);
        } elseif ($kind === 8) {
            for ($i = mt_rand(0, 4); $i > 0; $i--) {
                $object[$this->object_of(Plain::class, $depth + 1)] = $this->value($depth + 1);
            }
        } elseif ($kind === 10) {
            for ($i = mt_rand(0, 4); $i > 0; $i--) {
                $object->push($this->value($depth + 1));
            }
        }
        return $object;
    }
}
