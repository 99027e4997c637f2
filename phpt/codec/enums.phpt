--TEST--
An enum case comes back as the case itself, wherever it was
--EXTENSIONS--
nitro
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

interface HasColor { public function color(): string; }
enum Suit: string implements HasColor
{
    case Hearts = 'H';
    case Spades = 'S';
    const Wild = self::Spades;
    public function color(): string { return $this === self::Hearts ? 'red' : 'black'; }
    public static function best(): self { return self::Wild; }
}
enum Level: int { case Low = -1; case None = 0; case High = PHP_INT_MAX; }
enum Pure { case One; case Two; }
enum Single { case Only; }
final class Card
{
    public HasColor $by_interface;
    public readonly ?Level $level;
    public function __construct(public Suit $suit = Suit::Wild, public array $others = [], ?Level $level = null)
    {
        $this->by_interface = $suit;
        $this->level = $level;
    }
}

$values = [
    'backed' => Suit::Spades,
    'backed by int' => Level::High,
    'pure' => Pure::One,
    'single' => Single::Only,
    'by constant' => Suit::Wild,
    'list' => [Suit::Hearts, Suit::Spades, Suit::Hearts, Pure::Two, Level::Low],
    'cases' => array_merge(Suit::cases(), Level::cases(), Pure::cases()),
    'deep' => ['a' => ['pure' => [1, 2], 'b' => ['c' => Pure::One]]],
    'among strings' => ['H', Suit::Hearts, 'Suit:Hearts', 'Hearts'],
    'by reference' => (function () { $e = Pure::One; return [&$e, &$e, $e]; })(),
    'property' => new Card(Suit::Hearts, [Suit::Spades, [Level::None]], Level::None),
    'properties' => [new Card, new Card(Suit::Hearts), (object) ['dynamic' => Pure::Two, 'again' => Pure::Two]],
    'collections' => [new ArrayObject([Pure::One]), SplFixedArray::fromArray([Suit::Hearts])],
];
$cache = fresh_cache(16);
compare_round_trips($cache, $values);

$same = fn(mixed $found, UnitEnum $case): bool => $found === $case && $found == $case && $found instanceof $case;
foreach (['backed' => Suit::Spades, 'backed by int' => Level::High, 'pure' => Pure::One, 'single' =>
    Single::Only] as $name => $case) {
    if (!$same($cache->get("trip $name"), $case) || spl_object_id($cache->get("trip $name")) !== spl_object_id($case)) {
        echo "$name: not the same\n";
    }
}
$found = $cache->get('trip property');
var_dump($found->suit === Suit::Hearts, $found->others[1][0] === Level::None, $found->level === Level::None,
    $found->by_interface->color());
var_dump(match ($cache->get('trip list')[3]) { Pure::One => 1, Pure::Two => 2 });
$map = new WeakMap;
$map[Pure::One] = 'one';
var_dump($map[$cache->get('trip pure')], in_array(Pure::Two, $cache->get('trip list'), true));
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
13 compared, 0 differences
bool(true)
bool(true)
bool(true)
string(3) "red"
int(2)
string(3) "one"
bool(true)
