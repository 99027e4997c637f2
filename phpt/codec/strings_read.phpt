--TEST--
String functions do not notice that a string lies in the cache
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';
require __DIR__ . '/strings.inc';

// Every one takes strings only: what is compared is that it takes those of the cache, too.
$functions = ['addslashes', 'stripslashes', 'base64_encode', 'base64_decode', 'bin2hex', 'chop', 'chunk_split',
    'count_chars',
    'crc32', 'ctype_alpha', 'floatval', 'hex2bin', 'html_entity_decode', 'htmlentities', 'htmlspecialchars',
    'iconv_strlen', 'intval', 'is_callable', 'is_numeric', 'lcfirst', 'ltrim', 'mb_convert_case', 'mb_check_encoding',
    'mb_detect_encoding', 'mb_str_split', 'mb_strlen', 'mb_strtolower', 'mb_strtoupper', 'mb_strwidth', 'md5',
        'metaphone',
    'nl2br', 'ord', 'parse_url', 'preg_quote', 'quotemeta', 'rawurldecode', 'rawurlencode', 'rtrim',
        'serialize', 'sha1',
    'soundex', 'str_rot13', 'str_shuffle', 'str_split', 'str_word_count', 'strip_tags', 'stripcslashes', 'strlen',
        'strrev',
    'strtolower', 'strtotime', 'strtoupper', 'strval', 'trim', 'ucfirst', 'ucwords', 'unserialize', 'urldecode',
        'urlencode',
    'json_decode', 'json_encode', 'gettype', 'get_debug_type', 'var_export', 'print_r', 'escapeshellarg', 'basename',
        'dirname',
    'quoted_printable_encode', 'convert_uuencode', 'utf8_encode', 'ip2long', 'token_get_all', 'gzcompress'];

$steps = [];
foreach ($functions as $function) {
    if (function_exists($function)) {
        $random = $function === 'str_shuffle';
        $steps[$function] = fn($s) => $random ? count_chars($function($s), 3) : @$function($s);
    }
}
$steps += [
    'compared' => fn($s) => [$s === plain_copy($s), $s == plain_copy($s), $s <=> 'k', $s == 0, $s == '', $s == null,
        (bool) $s,
        strcmp($s, plain_copy($s)), strncasecmp($s, 'KEY', 3), strnatcmp($s, 'key10'), strcoll($s, 'a'),
            hash_equals($s, plain_copy($s))],
    'cast' => fn($s) => [(int) $s, (float) $s, (bool) $s, (string) $s, (array) $s, (object) $s, +(@(int) $s)],
    'cut' => fn($s) => [substr($s, 0), substr($s, 1), substr($s, -3), substr($s, 2, -1), substr($s, 5000, 10),
        substr_count($s, 'k'),
        str_pad($s, 60, '-'), str_repeat($s, 2), wordwrap($s, 40, "\n", true), explode(' ', $s), explode(' ', $s, -1),
            strtok($s, ' ')],
    'searched' => fn($s) => [strpos($s, 'k'), strrpos($s, "\0"), stripos($s, 'KEY'), strstr($s, 'e'), strrchr($s, 'e'),
        strpbrk($s, 'yz'),
        str_contains($s, 'key'), str_starts_with($s, ''), str_ends_with($s, "\0"), strspn($s, 'ke'), strcspn($s, 'y'),
        strpos('a key b', $s), str_contains("x{$s}x", $s), substr_compare($s, 'key', 0, 3)],
    'replaced' => fn($s) => [str_replace('k', 'K', $s), str_replace('no such', '', $s),
        str_ireplace('KEY', $s, 'a key b'), strtr($s, 'ky', 'KY'),
        strtr($s, ['key' => 'K', 'e' => '']), substr_replace($s, 'new', 0, 0), substr_replace($s, '', 1, 1), nl2br($s)],
    'by expressions' => fn($s) => [preg_match('/k(e)y/', $s, $m), $m, preg_match_all('/\W/', $s),
        preg_split('/ /', $s, 3),
        preg_replace('/e/', 'E', $s), preg_replace('/no such/', '', $s),
            preg_replace_callback('/y/', fn($m) => "<$m[0]>", $s), preg_match('/^./u', $s)],
    'as expression' => fn($s) => [preg_match('~' . preg_quote($s, '~') . '~', "a key $s"),
        preg_match('~' . preg_quote($s, '~') . '~', plain_copy($s))],
    'formatted' => fn($s) => [sprintf('%s|%.5s|%20s|%d', $s, $s, $s, $s), sprintf('%2$s %1$s', $s, $s),
        number_format((float) $s)],
    'as format' => fn($s) => sprintf($s, 1, 2),
    'joined' => fn($s) => [$s . $s, "$s and $s", $s . 1, 1.5 . $s, implode($s, ['a', 'b']), implode(', ', [$s, $s]), <<<TEXT
        in a text: {$s}
        TEXT],
    'read by offset' => fn($s) => [$s[0] ?? null, $s[-1] ?? null, isset($s[2047]), $s[3] ?? 'none', isset($s['x']),
        isset($s[0][0])],
    'read beyond' => fn($s) => $s[1_000_000],
    'arithmetic' => fn($s) => $s + 1,
    'bitwise' => fn($s) => [bin2hex(substr($s ^ $s, 0, 9)), md5($s | 'k'), md5($s & $s), md5(~$s)],
    'as a key' => function ($s) { $a = [$s => 1, 'x' => 2]; $a[$s] .= 'more'; unset($a['x']); $b[$s][$s] = $s;
        return [$a, $b, isset($a[plain_copy($s)])]; },
    'chosen by it' => fn($s) => [match (true) { $s === '' => 'none', default => 'some' },
        match ($s) { '' => 'none', plain_copy($s) => 'same' },
        ['' => 1, 'key' => 2][$s] ?? 'other', in_array($s, ['key', plain_copy($s)], true)],
    'distance' => fn($s) => strlen($s) > 300 ? null : [levenshtein($s, 'key'), similar_text($s, 'keys', $p), $p],
    'printed' => function ($s) { echo $s; print $s; printf('%s', $s); var_dump($s); var_export($s);
        fwrite(STDERR, ''); },
    'hashed' => fn($s) => [hash('sha256', $s), hash('crc32b', $s), hash_hmac('sha256', 'x', $s), crc32($s),
        md5($s, true)],
    'through a file' => function ($s) { $f = fopen('php://temp', 'w+'); fwrite($f, $s); rewind($f);
        return stream_get_contents($f); },
    'compressed' => fn($s) => gzuncompress(gzcompress($s)),
];

compare_steps(fresh_cache(16), awkward_strings(), $steps);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
all compared, 0 differences
