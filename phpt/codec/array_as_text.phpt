--TEST--
An array of the cache is printed, encoded and exported like any other
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/arrays.inc';

$steps = [
    'print_r' => fn($a) => [print_r($a, true), print_r($a)],
    'print_r of what holds it twice' => fn($a) => print_r([$a, 'again' => $a], true),
    'var_export' => fn($a) => [var_export($a, true), var_export($a)],
    'var_export, evaluated' => fn($a) => eval('return ' . var_export($a, true) . ';'),
    'var_dump' => function ($a) { var_dump($a, [$a, $a]); },
    'var_dump of a reference' => function ($a) { $r = &$a; $s = [&$r, &$a]; var_dump($s); },
    'json_encode' => fn($a) => [json_encode($a), json_last_error_msg()],
    'json_encode, forgiving' => fn($a) => json_encode($a, JSON_PARTIAL_OUTPUT_ON_ERROR | JSON_PRETTY_PRINT
        | JSON_INVALID_UTF8_SUBSTITUTE | JSON_FORCE_OBJECT),
    'json and back' => fn($a) => json_decode((string) json_encode($a, JSON_PARTIAL_OUTPUT_ON_ERROR), true),
    'json_encode, too deep' => fn($a) => json_encode($a, JSON_THROW_ON_ERROR, 2),
    'serialize' => fn($a) => serialize([$a, $a, 'k' => $a]),
    'unserialize' => fn($a) => unserialize(serialize($a)) == $a,
    'http_build_query' => fn($a) => [http_build_query($a), http_build_query($a, 'n', '&amp;', PHP_QUERY_RFC3986)],
    'implode' => fn($a) => [implode(',', $a), implode($a)],
    'as string' => fn($a) => "$a" . $a,
    'vsprintf' => fn($a) => vsprintf('%s|%d|%5.1f', $a),
    'vsprintf of what it has' => fn($a) => vsprintf(str_repeat('%s ', count($a)), $a),
    'strtr with it' => fn($a) => strtr('banana apple img1.png 007 ', $a),
    'strtr with its keys' => fn($a) => strtr('banana apple 007 b5', array_map('gettype', $a)),
    'setlocale, trying each' => fn($a) => setlocale(LC_MESSAGES, ['C']),
    'number and date functions' => fn($a) => [checkdate(...array_slice([1, 2, 2024, ...array_values($a)], 0, 3)),
        date_parse_from_format('Y', '2024') + $a],
    'pack' => fn($a) => pack('C*', ...array_filter(array_values($a), 'is_int')),
    'unpack' => fn($a) => unpack('Cx/Cy', 'ab') + $a,
    'compact' => function ($a) { $x = $y = $Apple = 'c';
        return compact('a', array_filter(array_keys($a), 'is_string')); },
    'stream_context' => fn($a) => stream_context_get_options(stream_context_create(['http' => $a, 'ssl' =>
        ['x' => $a]])),
    'fputcsv and back' => function ($a) {
        $file = fopen('php://memory', 'w+');
        fputcsv($file, array_map(fn($v) => is_array($v) ? 'array' : $v, $a), ',', '"', '');
        rewind($file);
        return stream_get_contents($file);
    },
    'debug_zval_dump' => function ($a) {
        ob_start();
        debug_zval_dump($a, [$a]);
        $text = ob_get_clean();  // tells the counts of references, which may differ
        return strlen($text) > 10;
    },
    'var_dump in an error handler' => function ($a) {
        set_error_handler(function () use ($a) { var_dump($a); return true; });
        $text = "$a" . $a['missing'];
        restore_error_handler();
        return $text;
    },
    'assert' => fn($a) => ini_get('zend.assertions') === '1' ? null : assert(is_array($a)),
];

compare_steps(fresh_cache(16), awkward_arrays(), $steps);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
all compared, 0 differences
