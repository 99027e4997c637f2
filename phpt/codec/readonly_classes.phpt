--TEST--
Objects of readonly classes come back, and stay readonly
--EXTENSIONS--
nitro
--SKIPIF--
<?php
if (PHP_VERSION_ID < 80200) die('skip readonly classes came with PHP 8.2');
?>
--INI--
nitro.janitor=off
--FILE--
<?php
require __DIR__ . '/../support.inc';
require __DIR__ . '/compare.inc';

readonly class Money
{
    public array $notes;
    protected ?Money $change;
    public int $never;
    public function __construct(public int $cents, private string $currency = 'EUR', ?Money $change = null,
        array $notes = [])
    {
        $this->change = $change;
        $this->notes = $notes;
    }
    public function add(int $cents): static { return new static($this->cents + $cents, $this->currency, $this); }
    public function cheat(): void { $this->cents = 1_000_000; }
    public function late(): void { $this->never = 1; }
}
final readonly class Coin extends Money
{
    public string $metal;
    public function of(string $metal): static { $this->metal = $metal; return $this; }
}
readonly class Asked
{
    public function __construct(public array $data) {}
    public function __serialize(): array { return ['data' => $this->data, 'extra' => [1]]; }
    public function __unserialize(array $data): void { $this->data = ['again' => $data]; }
}

$values = [
    'one' => new Money(5),
    'with arrays' => new Money(5, 'USD', null, ['list' => [1, [2]], 'text' => str_repeat('t', 3000)]),
    'one in another' => (new Money(5))->add(10)->add(20),
    'child' => (new Coin(1))->of('gold'),
    'child, uninitialized' => new Coin(2),
    'list' => [new Money(1), $coin = (new Coin(2))->of('tin'), $coin],
    'with methods' => new Asked([1, ['deep']]),
];
$cache = fresh_cache(16);
compare_round_trips($cache, $values);

$steps = [
    'write' => function ($money) { $money->cents = 7; },
    'write within' => function ($money) { $money->cheat(); },
    'append' => function ($money) { $money->notes[] = 1; },
    'reference' => function ($money) { $reference = &$money->notes; },
    'unset' => function ($money) { unset($money->cents); },
    'dynamic' => function ($money) { $money->dynamic = 1; },
    'still open' => function ($money) { $money->late(); return $money; },
    'closed then' => function ($money) { $money->late(); $money->late(); },
    'read' => fn($money) => [$money->cents, $money->notes, (array) $money],
    'clone' => fn($money) => clone $money,
    'extended' => fn($money) => $money->add(1)->add(2),
];
compare_steps($cache, array_filter($values, fn($value) => $value instanceof Money), $steps);
?>
--CLEAN--
<?php
require __DIR__ . '/../support.inc';
remove_cache();
?>
--EXPECT--
7 compared, 0 differences
all compared, 0 differences
