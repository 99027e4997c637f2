--TEST--
Objects of PHP's own classes come back as from unserialize(); those that serialize() refuses are refused
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
error_reporting=24575
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

final class MyIterator extends IteratorIterator { public array $own = ['o', [1]]; }
enum Pure { case One; }

$cache = fresh_cache(16);
$random = class_exists('Random\Engine\Mt19937') ? [new Random\Engine\Mt19937(42),
    new Random\Engine\PcgOneseq128XslRr64(1),
    new Random\Engine\Xoshiro256StarStar(1), new Random\Randomizer(new Random\Engine\Mt19937(7))] : [];
$hash = hash_init('sha256');
hash_update($hash, 'begun');
$file = fopen('php://memory', 'r');
$xml = function_exists('simplexml_load_string') ? simplexml_load_string('<a><b/></a>') : null;
$objects = [
    'closure' => fn() => 1,
    'first-class callable' => strlen(...),
    'bound closure' => Closure::bind(fn() => $this, new stdClass),
    'generator' => (function () { yield 1; })(),
    'anonymous' => new class {},
    'anonymous, extending' => new class extends ArrayObject {},
    'anonymous, with methods' => new class { public function __serialize(): array { return []; } },
    'weak reference' => WeakReference::create(Pure::One),
    'weak map' => new WeakMap,
    'fiber' => new Fiber(fn() => 1),
    'reflection' => new ReflectionClass(stdClass::class),
    'reflection of a type' => (new ReflectionFunction('strlen'))->getReturnType(),
    'cache' => $cache,
    'file info' => new SplFileInfo(__FILE__),
    'file object' => new SplFileObject(__FILE__),
    'temporary file' => new SplTempFileObject,
    'directory' => new DirectoryIterator(__DIR__),
    'xml' => $xml,
    'document' => class_exists('DOMDocument') ? new DOMDocument : null,
    'context of a hash' => $hash,
    'context of a keyed hash' => hash_init('sha256', HASH_HMAC, 'key'),
    'iterators' => new IteratorIterator(new ArrayIterator([1])),
    'iterators of iterators' => new LimitIterator(new InfiniteIterator(new ArrayIterator([1])), 0, 3),
    'iterator, extended' => new MyIterator(new ArrayIterator([1, 2])),
    'empty iterator' => new EmptyIterator,
    'append iterator' => new AppendIterator,
    'multiple iterator' => new MultipleIterator,
    'recursive iterator' => new RecursiveIteratorIterator(new RecursiveArrayIterator([[1]])),
    'caching iterator' => new CachingIterator(new ArrayIterator([1])),
    'incomplete' => unserialize('O:7:"Unknown":2:{s:1:"a";i:1;s:4:"' . "\0*\0" . 'b";a:1:{i:0;i:2;}}'),
    'incomplete, old' => unserialize('O:8:"Unknown2":0:{}'),
    'attribute' => new Attribute(Attribute::TARGET_CLASS),
    'number' => extension_loaded('gmp') ? gmp_init('123456789012345678901234567890') : null,
    'collator' => class_exists('NumberFormatter') ? new NumberFormatter('en', 1) : null,
    'curl' => function_exists('curl_init') ? curl_init() : null,
    'context' => function_exists('inflate_init') ? inflate_init(ZLIB_ENCODING_RAW) : null,
    'user filter' => new php_user_filter,
    'assertion' => new AssertionError('a'),
] + $random;

$cache->set('key', 'old');
$refused = $read = $differences = 0;
foreach (array_filter($objects) as $name => $object) {
    foreach ([$object, ['x' => [1, $object], $object], (object) ['p' => $object]] as $place => $value) {
        $expected = null;
        try {
            $bytes = serialize($value);
        } catch (Throwable $thrown) {
            $expected = get_class($thrown);
        }
        try {
            $is_stored = $cache->set('key', $value);
        } catch (NitroCacheException $thrown) {
            $is_stored = false;
        } catch (Throwable $thrown) {
            $is_stored = get_class($thrown) === $expected ? false : get_class($thrown);
        }
        if ($expected !== null) {
            ++$refused;
            if ($is_stored !== false || $cache->get('key') !== 'old') {
                ++$differences;
                echo "$name, $place: not refused\n";
            }
            continue;
        }
        ++$read;
        $expected = outcome('unserialize', $bytes);
        $actual = outcome(fn() => $cache->get('key'), null);
        if ($is_stored !== true || $actual !== $expected) {
            ++$differences;
            show_difference("$name, $place", $expected, $actual);
        }
        $cache->set('key', 'old');
    }
}
echo $refused > 30 ? 'many' : $refused, ' refused, ', $read > 30 ? 'many' : $read, " read, $differences differences\n";
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
many refused, many read, 0 differences
