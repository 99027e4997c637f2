<?php
// Damages values where they lie in shared memory, and gets them as a process does that copies. It
// may give anything, or nothing at all; but it must not end the process, and whatever it gives must
// be a value like any other. Where it reads and writes, AddressSanitizer watches.
//   damaged_values.php VALUES SEED
// With TRACE=1 in the environment each damage is described before it is looked at. Where PHP's own
// allocator is used, what get() takes and what it does not give back is measured, too.
require_once __DIR__ . '/value_classes.php';
require_once __DIR__ . '/value_generator.php';
require_once __DIR__ . '/value_damage.php';
require_once __DIR__ . '/value_use.php';
require_once __DIR__ . '/stored_value.php';

const DAMAGES_PER_VALUE = 50;
// Many small arrays take the most: 16 bytes that lead to one become 56 of its own, 64 of hash slots
// and 8 elements of 32.
const MOST_MEMORY_PER_BYTE = 32;
const SLACK = 65536;

set_error_handler(function (int $level, string $message) {
    $GLOBALS['counts']['warnings'] += $level & (E_DEPRECATED | E_USER_DEPRECATED) ? 0 : 1;
    return true;
});

$cache = new NitroCache();
$absent = new stdClass;
$counts = ['gets' => 0, 'values' => 0, 'nothing' => 0, 'exceptions' => 0, 'warnings' => 0, 'moved away' => 0];
$measures_memory = getenv('USE_ZEND_ALLOC') !== '0';

function fail(string $problem): never
{
    global $argv, $at;
    echo "FAILED: seed $argv[2], $at: $problem\n";
    exit(1);
}

/** Gets it, does with it what scripts do with values, and lets go of it. */
function get_and_use(string $key, string $how): void
{
    global $cache, $absent, $counts;
    $counts['gets']++;
    try {
        $value = $cache->get($key, $absent);
        $counts[$value === $absent ? 'nothing' : 'values']++;
        if ($value !== $absent) {
            ValueUse::of($value);
        }
    } catch (Throwable $exception) {
        $counts['exceptions']++;
        $exception instanceof WrongValue && fail("$how: " . $exception->getMessage());
    }
    unset($value, $exception);
    Calls::take();
    gc_collect_cycles();
}

/** The cache's part of it alone. */
function peak_of_get(string $key): int
{
    global $cache, $absent;
    $before = memory_get_usage();
    memory_reset_peak_usage();
    try {
        $cache->get($key, $absent);
    } catch (Throwable) {
    }
    $peak = memory_get_peak_usage() - $before;
    Calls::take();
    gc_collect_cycles();
    return $peak;
}

function check_memory(string $key, int $length, string $how): void
{
    $most = MOST_MEMORY_PER_BYTE * $length + SLACK;
    if (function_exists('memory_reset_peak_usage') && ($peak = peak_of_get($key)) > $most) {
        fail("$how: get() took $peak bytes for a value of $length");
    }
    // What only a first time needs stays, and is not there again.
    for ($try = 0; $try < 4; $try++) {
        $before = memory_get_usage();
        get_and_use($key, $how);
        $grown = memory_get_usage() - $before;
        if ($grown <= 0) {
            return;
        }
    }
    fail("$how: each get() leaves $grown bytes behind");
}

/** Few objects and references, each of them in many places. */
function tangle(): object
{
    $objects = [new stdClass, new Open, new Tracked, chance(2) ? new stdClass : RandomValues::object()];
    $references = [1, 'text', [2], $objects[3]];
    for ($i = mt_rand(3, 12); $i > 0; $i--) {
        $name = 'abcd'[mt_rand(0, 3)];
        $owner = $objects[chance(2) ? 0 : mt_rand(0, 2)];
        if ($owner instanceof Tracked) {
            $owner->value = [$objects[0], &$references[array_rand($references)]];
        } elseif (chance(3)) {
            $owner->$name = &$references[array_rand($references)];
        } else {
            unset($owner->$name);
            $owner->$name = $objects[chance(2) ? 3 : mt_rand(0, 2)];
        }
    }
    return $objects[0];
}

/** Of at most some 50 KB, less than what SLACK allows for. */
function compressible(): string
{
    $text = '';
    for ($i = mt_rand(1, 8); $i > 0; $i--) {
        $text .= str_repeat(chr(mt_rand(97, 122)) . mt_rand(), mt_rand(1, 1 << mt_rand(3, 9)));
    }
    return $text;
}

/** Of every kind, and now and then with the names of classes, so that objects may become theirs. */
function next_value(): mixed
{
    $value = RandomValues::any();
    return match (mt_rand(0, 7)) {
        0 => [ValueDamage::some_class_names(), $value],
        1 => (object) ['names' => ValueDamage::some_class_names(), 'value' => $value, 'again' => [$value, $value]],
        2 => chance(4) ? str_repeat('a long text ', 200) : [RandomValues::object(), RandomValues::object()],
        3, 4 => tangle(),
        default => $value,
    };
}

[, $values, $seed] = $argv;
for ($number = 0; $number < $values; $number++) {
    mt_srand(crc32("$seed $number"));
    $key = sprintf('damaged value %08x', mt_rand()) . str_repeat('.', mt_rand(0, 8));
    try {
        ini_set('nitro.compress_above', chance(2) ? '100' : '0');
        $is_stored = $cache->set($key, chance(8) ? compressible() : next_value());
    } catch (NitroCacheException) {
        $is_stored = false;  // it holds itself in its __serialize()
    }
    ini_set('nitro.compress_above', '0');
    RandomValues::forget();
    Calls::take();
    $stored = $is_stored ? StoredValue::find($cache, $key) : null;
    if ($stored === null) {
        continue;
    }
    $damage = new ValueDamage($stored->bytes(), $stored->has_pointers());
    for ($round = 0; $round < DAMAGES_PER_VALUE; $round++) {
        $at = "value $number, damage $round";
        mt_srand(crc32("$seed $number $round"));
        $damage->start_anew();
        for ($times = 1 << min(mt_rand(0, 3), mt_rand(0, 3)); $times > 0; $times--) {
            $damage->once();
        }
        $is_copied_first = chance(2);
        if (getenv('TRACE')) {
            fwrite(STDERR, "$at: " . $damage->description() . ($is_copied_first ? ', copied first' : '') . "\n");
        }
        if (!$stored->replace($damage->bytes(), $is_copied_first)) {
            $counts['moved away']++;  // its class has used the cache when it was fetched
            break;
        }
        if ($measures_memory) {
            check_memory($key, $stored->length(), $damage->description());
        } else {
            get_and_use($key, $damage->description());
        }
    }
    $cache->delete($key);
}

echo "ok: seed $seed, $values values: ";
foreach ($counts as $what => $count) {
    echo "$count $what, ";
}
echo 'peak ', memory_get_peak_usage(), " bytes\n";
$counts['gets'] >= $values || fail('too little was damaged to say anything');
