--TEST--
invalidateTags() removes what was stored with one of the tags, in all processes, and nothing else
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
$cache = fresh_cache(16);
$cache->set('ab', [1, 2], null, ['a', 'b']);
$cache->set('b', str_repeat('b', 5000), 1000, ['b']);
$cache->set('none', 'none', tags: []);
$seen = static fn () => implode(' ', array_filter(['ab', 'b', 'none', 'c'], $cache->has(...)));
echo $seen(), "\n";
var_dump($cache->invalidateTags('a'));
echo $seen(), ' ', $cache->get('ab', 'gone'), "\n";
var_dump($cache->set('ab', 'again', null, ['a']), $cache->get('ab'));
echo other_process('$c = new NitroCache(name: $name); $c->set("c", 1, null, ["other", "b"]); $c->invalidateTags("a", "x");'), $seen(), "\n";
$cache->invalidateTags('b');
echo $seen(), "\n";
var_dump($cache->invalidateTags());

echo "overwriting takes the tags away, touch() and increment() do not:\n";
$cache->set('key', 1, null, ['t']);
$cache->set('key', 2);
$cache->set('kept', 1, null, ['t']);
var_dump($cache->increment('kept'), $cache->increment('kept', 0.5), $cache->touch('kept', 100));
$cache->invalidateTags('t');
var_dump($cache->get('key'), $cache->get('kept'), $cache->increment('kept'));

echo "a thousand entries, one call:\n";
for ($i = 0; $i < 1000; ++$i) {
    $cache->set("many $i", $i, null, ['many', "tag $i"]);
}
$cache->invalidateTags('many');
var_dump(count(array_filter(range(0, 999), static fn ($i) => $cache->has("many $i"))));

echo "what is invalidated while it is stored:\n";
final class Invalidates
{
    public function __serialize(): array
    {
        $GLOBALS['cache']->invalidateTags('late');
        return [];
    }
}
var_dump($cache->set('late', new Invalidates, null, ['late']), $cache->has('late'));

echo "all methods that store take them, and each entry keeps its own:\n";
$cache->clear();
$cache->set('key', 1);
var_dump($cache->add('key', 2, tags: ['t']), $cache->add('ab', 2, 100, ['t']));
var_dump($cache->replace('none', 3, tags: ['t']), $cache->replace('key', 3, null, ['t', 'u']), $cache->getEntry('key')->tags === ['t', 'u']);
var_dump($cache->compareAndSet('key', 3, [4], null, ['v', 't']), $cache->compareAndSet('key', [3], 5, null, ['w']), $cache->getEntry('key')->tags === ['v', 't']);
var_dump($cache->setMultiple(['b' => 'b', 'c' => 'c'], null, ['t', 'b']), $cache->getEntry('c')->tags === ['t', 'b']);
var_dump($cache->remember('made', static fn () => 'made', 100, tags: ['t']), $cache->remember('made', static fn () => 'not now', tags: ['u']));
var_dump($cache->getEntry('made')->tags === ['t'], $seen());
$cache->invalidateTags('t');
var_dump($seen(), $cache->get('key'), $cache->get('made'), $cache->remember('made', static fn () => 'anew', 100, 100, tags: ['t']));

echo "what is invalidated while it is computed:\n";
$invalidate = static function () use ($cache): string {
    $cache->invalidateTags('t');
    return 'from before';
};
$cache->invalidateTags('t');
var_dump($cache->remember('made', $invalidate, 100, 100, tags: ['t']), $cache->get('made'), $cache->remember('made', static fn () => 'from after', tags: ['t']));
$several = static function () use ($cache): Generator {
    yield 'b' => 'before';
    $cache->invalidateTags('t');
    yield 'c' => 'after';
};
var_dump($cache->setMultiple($several(), null, ['t']), $cache->getMultiple(['b', 'c']));

echo "misuse:\n";
final class Meddles
{
    public function __wakeup()
    {
        $GLOBALS['name'] = 7;
    }
}
$cache->remember('old', static fn () => new Meddles, 0.001, 100);
usleep(10_000);
$name = 't';
$tags = [&$name];
show_exception(fn () => $cache->remember('old', fn () => print 'not called', tags: $tags));
show_exception(fn () => $cache->remember('wrong', fn () => print 'not called', tags: [[]]));
show_exception(fn () => $cache->add('key', 1, null, ['']));
show_exception(fn () => $cache->replace('key', 1, null, [1]));
show_exception(fn () => $cache->compareAndSet('key', 1, 1, null, range(1, 65)));
show_exception(fn () => $cache->setMultiple(['key' => 1], null, [null]));
show_exception(fn () => $cache->set('key', 1, null, ['']));
show_exception(fn () => $cache->set('key', 1, null, [str_repeat('t', 251)]));
show_exception(fn () => $cache->set('key', 1, null, ['t', 5]));
show_exception(fn () => $cache->set('key', 1, null, range(1, 65)));
show_exception(fn () => $cache->set('key', 1, null, 'tag'));
show_exception(fn () => $cache->invalidateTags('t', ''));
show_exception(fn () => $cache->invalidateTags([]));
$tags = array_map(static fn ($i) => str_pad("$i", 250, 't'), range(1, 64));
var_dump($cache->set('key', 'most', null, $tags), $cache->get('key'), $cache->invalidateTags($tags[63]), $cache->get('key'));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
ab b none
bool(true)
b none gone
bool(true)
string(5) "again"
b none c
none
bool(true)
overwriting takes the tags away, touch() and increment() do not:
int(2)
float(2.5)
bool(true)
int(2)
NULL
int(1)
a thousand entries, one call:
int(0)
what is invalidated while it is stored:
bool(true)
bool(false)
all methods that store take them, and each entry keeps its own:
bool(false)
bool(true)
bool(false)
bool(true)
bool(true)
bool(true)
bool(false)
bool(true)
bool(true)
bool(true)
string(4) "made"
string(4) "made"
bool(true)
string(6) "ab b c"
string(0) ""
NULL
NULL
string(4) "anew"
what is invalidated while it is computed:
string(11) "from before"
NULL
string(10) "from after"
bool(true)
array(2) {
  ["b"]=>
  NULL
  ["c"]=>
  NULL
}
misuse:
TypeError: NitroCache::remember(): Argument #7 ($tags) must have elements of type string, int given
TypeError: NitroCache::remember(): Argument #7 ($tags) must have elements of type string, array given
ValueError: NitroCache::add(): Argument #4 ($tags) must have tags of 1 to 250 bytes, 0 given
TypeError: NitroCache::replace(): Argument #4 ($tags) must have elements of type string, int given
ValueError: NitroCache::compareAndSet(): Argument #5 ($tags) must have at most 64 tags, 65 given
TypeError: NitroCache::setMultiple(): Argument #3 ($tags) must have elements of type string, null given
ValueError: NitroCache::set(): Argument #4 ($tags) must have tags of 1 to 250 bytes, 0 given
ValueError: NitroCache::set(): Argument #4 ($tags) must have tags of 1 to 250 bytes, 251 given
TypeError: NitroCache::set(): Argument #4 ($tags) must have elements of type string, int given
ValueError: NitroCache::set(): Argument #4 ($tags) must have at most 64 tags, 65 given
TypeError: NitroCache::set(): Argument #4 ($tags) must be of type array, string given
ValueError: NitroCache::invalidateTags(): Argument #2 must have tags of 1 to 250 bytes, 0 given
TypeError: NitroCache::invalidateTags(): Argument #1 must be of type string, array given
bool(true)
string(4) "most"
bool(true)
NULL
