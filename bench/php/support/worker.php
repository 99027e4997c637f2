<?php
// One store in a process of its own, since its settings are fixed when PHP starts.

declare(strict_types=1);

require_once __DIR__ . '/keys.php';
require_once __DIR__ . '/loops.php';
require_once __DIR__ . '/measuring.php';
require_once __DIR__ . '/values.php';
require_once __DIR__ . '/worker_loop.php';

final class Worker
{
    private readonly stdClass $state;
    /** @var array<string, Closure|null> */
    private readonly array $loops;
    private ?bool $isOpenForScalars = null;

    private string $valueName = '';
    private mixed $value;
    private int $keyCount = 0;
    /** @var array<string, list<string>> by what is done with them */
    private array $keys = [];

    public function __construct(private readonly Store $store)
    {
        $this->state = new stdClass();
        $this->loops = loopsOf($store);
    }

    /** Fills the store, if it does not have these values yet; with more than fit into it, if it is to be full. */
    public function prepare(
        string $value,
        int $keys,
        string $distribution,
        int $draws,
        bool $full = false,
        int $mostDoomed = PHP_INT_MAX,
    ): void {
        $this->keys = [
            'asked' => drawKeys($keys, $distribution, $draws),
            'absent' => absentKeys(min($draws, 10_000)),
            'doomed' => $this->doomedKeys($value, $keys, $mostDoomed),
        ];
        if ([$value, $keys] === [$this->valueName, $this->keyCount]) {
            return;
        }
        [$this->valueName, $this->keyCount] = [$value, $keys];
        $this->open();
        $this->loops['clear']($this->state);
        $make = values()[$value];
        $this->value = $make(0);
        for ($number = 0; $number < $keys; ++$number) {
            $this->loops['set']($this->state, ["key.$number"], $make($number), 1);
        }
        foreach ($full ? [] : [0, $keys - 1] as $number) {
            $this->check($number, $make($number));
        }
    }

    /** Nanoseconds per operation; null if the store has no such operation. */
    public function time(string $operation, int $passes): ?float
    {
        $loop = $this->loops[$this->loopFor($operation)];
        if ($loop === null) {
            return null;
        }

        return $operation === 'delete' ? $this->timeDelete($loop, $passes)
            : $this->timeOf($loop, $this->keys[$operation === 'miss' ? 'absent' : 'asked'], $passes);
    }

    /**
     * The median and others of single operations, in nanoseconds.
     *
     * @param list<float> $quantiles
     *
     * @return list<int>|null null if the store has no such operation
     */
    public function quantiles(string $operation, int $passes, array $quantiles): ?array
    {
        $loop = $this->loops[$this->loopFor($operation) . ', each'];
        if ($loop === null) {
            return null;
        }
        $timings = $loop($this->state, $this->keys['asked'], $this->value, $passes);
        sort($timings);
        $last = count($timings) - 1;

        return array_map(static fn (float $quantile) => $timings[(int) ceil($last * $quantile)], $quantiles);
    }

    /**
     * As many as can be stored again before each time.
     *
     * @return list<string>
     */
    private function doomedKeys(string $value, int $keys, int $most): array
    {
        $few = isLargeValue($value) ? 16 : 1_000;

        return array_slice(eachKeyOnce(min($most, 100_000, max($keys, $few))), 0, $this->store->waits ? $few : null);
    }

    private function loopFor(string $operation): string
    {
        return match ($operation) {
            'miss' => 'get',
            'set' => is_string($this->value) ? 'set string' : 'set',
            default => $operation,
        };
    }

    private function open(): void
    {
        $isScalar = isScalarValue($this->valueName);
        if ($this->isOpenForScalars !== $isScalar) {
            $this->isOpenForScalars = $isScalar;
            $this->state->cache = null;
            $this->state->cache = $this->loops['open']($isScalar);
            $this->loops['warm']($this->state->cache);
        }
    }

    /** What is stored must come back: what fails is fast. */
    private function check(int $number, mixed $value): void
    {
        if (!$this->store->keeps) {
            return;
        }
        $found = $this->loops['fetch']($this->state, "key.$number");
        $isSame = is_scalar($value) ? is_scalar($found) && (string) $found === (string) $value
            : serialize($found) === serialize($value);
        $isSame ?: throw new RuntimeException("{$this->store->name} does not keep $this->valueName.");
    }

    /** @param list<string> $keys */
    private function timeOf(Closure $loop, array $keys, int $passes): float
    {
        $start = $this->now();
        $loop($this->state, $keys, $this->value, $passes);

        return ($this->now() - $start) / ($passes * count($keys));
    }

    /** Deletes what it has just stored, which does not count. */
    private function timeDelete(Closure $delete, int $passes): float
    {
        $sum = 0.0;
        for ($pass = 0; $pass < $passes; ++$pass) {
            $this->loops['set']($this->state, $this->keys['doomed'], $this->value, 1);
            $sum += $this->timeOf($delete, $this->keys['doomed'], 1);
        }
        $this->keyCount = 0; // the keys are gone

        return $sum / $passes;
    }

    private function now(): float
    {
        return $this->store->waits ? hrtime(true) : processorTime();
    }
}

serveOrders(static fn (Store $store) => new Worker($store));
