--TEST--
Expressions of the cache are compiled once and found again, also after their entry is gone
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

$values = ['patterns' => [
    'word' => '/(?<first>\w)(\w+)/u',
    'long' => '/' . str_repeat('a?', 1500) . 'b/',
    'replacement' => '<$1>',
    'wrong' => '/(/',
    'NUL' => "/a\0b/",
    'search' => ['/a/', '/b/', '/(c)/'],
    'replace' => ['b', 'c', '[$1]'],
    'callbacks' => ['/x/' => 'strtoupper_first', '/y(z)/' => 'strtoupper_first'],
    'subjects' => ['key' => 'abc xyz', 'again' => 'cab yz', 'list' => 'none'],
]];
function strtoupper_first(array $match): string { return strtoupper($match[0]) . count($match); }

$steps = [
    'preg_match' => fn($p) => [preg_match($p['word'], $p['subjects']['key'], $m, PREG_OFFSET_CAPTURE), $m,
        preg_match($p['word'], '')],
    'preg_match_all' => fn($p) => [preg_match_all($p['word'], implode(' ', $p['subjects']), $m, PREG_SET_ORDER), $m],
    'long pattern' => fn($p) => [preg_match($p['long'], 'aab'), preg_match($p['long'], 'ccc'), preg_last_error_msg()],
    'wrong pattern' => fn($p) => [preg_match($p['wrong'], 'x'), preg_last_error_msg()],
    'NUL in a pattern' => fn($p) => preg_match($p['NUL'], "a\0b"),
    'preg_replace' => fn($p) => [preg_replace($p['word'], $p['replacement'], $p['subjects']),
        preg_replace($p['search'], $p['replace'], $p['subjects'], 1, $n), $n],
    'preg_replace with too few' => fn($p) =>
        preg_replace($p['search'], array_slice($p['replace'], 0, 1), $p['subjects']),
    'preg_filter' => fn($p) => preg_filter($p['search'], $p['replace'], $p['subjects']),
    'preg_replace_callback' => fn($p) => preg_replace_callback($p['search'], 'strtoupper_first', $p['subjects']),
    'preg_replace_callback_array' => fn($p) => preg_replace_callback_array($p['callbacks'], $p['subjects']),
    'callback that uses the same pattern' => fn($p) =>
        preg_replace_callback($p['word'], fn($m) => preg_match($p['word'], $m[0]) . $m['first'], 'some words'),
    'preg_split' => fn($p) => [preg_split($p['search'][0], $p['subjects']['key']),
        preg_split($p['word'], 'ab cd', -1, PREG_SPLIT_DELIM_CAPTURE)],
    'preg_grep' => fn($p) => [preg_grep($p['search'][2], $p['subjects']),
        preg_grep($p['word'], $p['subjects'], PREG_GREP_INVERT)],
    'RegexIterator' => fn($p) => iterator_to_array(new RegexIterator(new ArrayIterator($p['subjects']),
        $p['search'][1])),
    'match into the array it came from' => fn($p) => [preg_match($p['word'], $p['subjects']['key'], $p), $p],
];
$cache = fresh_cache(4);
compare_steps($cache, $values, $steps);

// PHP remembers compiled patterns by their text: where that lies, nothing else may come to lie.
$cache->set('patterns', $values['patterns']);
$cache->set('alone', $values['patterns']['long']);
preg_match($cache->get('patterns')['long'], 'aab');
preg_match($cache->get('alone'), 'aab');
preg_match($cache->get('patterns')['search'][2], 'c');
$cache->clear();
for ($i = 0; $i < 300; ++$i) {
    $cache->set("flood $i", [str_repeat('/x/', 10_000)]);
}
var_dump(preg_match($values['patterns']['long'], 'aab'), preg_match('/(c)/', 'c'),
    preg_replace($values['patterns']['word'], '-', 'one two'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
all compared, 0 differences
int(1)
int(1)
string(3) "- -"
