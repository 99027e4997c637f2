<?php
// What damage to a value has led to once: reads of freed memory, values that PHP cannot live with,
// and copies without an end. Each is done to a small value by hand.
require_once __DIR__ . '/value_classes.php';
require_once __DIR__ . '/value_use.php';
require_once __DIR__ . '/stored_value.php';
require_once __DIR__ . '/../../process/php/checks.php';

// Kinds of zvals.
const IS_LONG = 4;
const IS_STRING = 6;
const IS_OBJECT = 0x308;
const IS_REFERENCE = 0x10a;

$cache = new NitroCache();
$absent = new stdClass;

/**
 * What comes back, or the exception.
 *
 * @param callable(string): string $damage to the bytes
 */
function damaged(mixed $value, callable $damage): mixed
{
    global $cache, $absent;
    static $count = 0;
    $key = 'known damage ' . $count++;
    $cache->set($key, $value);
    $stored = StoredValue::find($cache, $key);
    $stored->replace($damage($stored->bytes()), is_copied_first: true) || throw new LogicException('It is gone');
    try {
        return $cache->get($key, $absent);
    } catch (Throwable $exception) {
        return $exception;
    }
}

/** Where zvals of that type are, in words. */
function zvals(string $bytes, int $type): array
{
    $words = array_values(unpack('P*', $bytes));
    return array_values(array_filter(array_keys($words),
        fn (int $word) => isset($words[$word + 1]) && ($words[$word + 1] & 0xffffffff) === $type));
}

function word(string $bytes, int $word): int
{
    return unpack('P', $bytes, 8 * $word)[1];
}

/** Where what the pointer at $word leads to is. */
function target(string $bytes, int $word): int
{
    // The first thing behind the head is what the root leads to.
    return intdiv(word($bytes, $word) - word($bytes, 0), 8) + 3;
}

// An object that is in two properties; one between them takes the name of the first.
$object = new stdClass;
$object->first = new Tracked;
$object->other = 1;
$object->third = $object->first;
$seen = damaged($object, function (string $bytes): string {
    $of_first = strpos($bytes, pack('P', 5) . 'first');
    $of_other = strpos($bytes, pack('P', 5) . 'other');
    return substr_replace($bytes, substr($bytes, $of_first - 8, 21), $of_other - 8, 21);  // with its hash
});
check('an object whose place another value took is there in its next one',
    $seen instanceof stdClass && $seen->third instanceof Tracked && $seen->first === 1, seen: $seen);

// Two references that lead to each other.
$object = new stdClass;
[$one, $two] = ['one', 'two'];
$object->a = &$one;
$object->b = &$one;
$object->c = &$two;
$object->d = &$two;
$seen = damaged($object, function (string $bytes): string {
    [$first, , , $last] = zvals($bytes, IS_REFERENCE);
    foreach ([[$first, $last], [$last, $first]] as [$reference, $other]) {
        $value = target($bytes, $reference) + 1;
        $bytes = substr_replace($bytes, substr($bytes, 8 * $other, 16), 8 * $value, 16);
    }
    return $bytes;
});
check('a reference to a reference is no value', $seen === $absent);

// A property that is undefined.
$seen = damaged((object) ['a' => 77, 'b' => 2], fn (string $bytes) =>
    substr_replace($bytes, "\0\0\0\0", 8 * array_search(77, array_values(unpack('P*', $bytes)), true) + 8, 4));
check('an undefined property is no value', $seen === $absent);

// A string in an int's place.
$typed = new Typed;
$typed->text = 'a text';
$typed->number = 77;
$seen = damaged($typed, function (string $bytes): string {
    $number = array_search(77, array_values(unpack('P*', $bytes)), true);
    return substr_replace($bytes, substr($bytes, 8 * zvals($bytes, IS_STRING)[0], 16), 8 * $number, 16);
});
check('an int property takes no string', $seen instanceof TypeError, seen: $seen);

// A class that has one slot more, and first an object that the value ends with.
$seen = damaged([new Magic, new Magic], function (string $bytes): string {
    [$first, $last] = zvals($bytes, IS_OBJECT);
    $bytes = substr_replace($bytes, substr($bytes, 8 * $last, 8), 8 * $first, 8);
    $slot_count = target($bytes, target($bytes, $last) + 1) + 3;
    word($bytes, $slot_count) === 1 || throw new LogicException('There is something else');
    return substr_replace($bytes, pack('P', 2), 8 * $slot_count, 8);
});
check('an object with slots behind the end is no value', $seen === $absent, seen: $seen);

// Many elements that are one long string, which says that it is used once.
$seen = damaged([str_repeat('long', 100000), ...range(1000, 3000)], function (string $bytes): string {
    $string = substr($bytes, 8 * zvals($bytes, IS_STRING)[0], 12);
    foreach (zvals($bytes, IS_LONG) as $zval) {
        $bytes = substr_replace($bytes, $string, 8 * $zval, 12);
    }
    return $bytes;
});
check('a string that is used once is not copied for each of 2000 elements', $seen === $absent);
