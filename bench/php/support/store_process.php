<?php
// The other end of a process that serves a store: worker.php, or another script that understands
// orders of the same form.

declare(strict_types=1);

require_once __DIR__ . '/at_exit.php';
require_once __DIR__ . '/processors.php';
require_once __DIR__ . '/stores.php';

/** The store does not do what it is asked for; the message says why. */
final class StoreFails extends RuntimeException
{
}

final class StoreProcess
{
    private const OPTIONS = ['zend_extension=opcache', 'opcache.enable_cli=1', 'opcache.jit=disable',
        'opcache.file_update_protection=0', 'memory_limit=2G'];

    private const SECONDS_TO_STOP = 1;

    /**
     * @param resource|null $process
     * @param array{resource, resource} $pipes
     */
    private function __construct(public readonly Store $store, private $process, private readonly array $pipes)
    {
    }

    /** All of them measure on the same processor, one at a time, unless they are to have all. */
    public static function start(Store $store, string $script = 'worker.php', bool $onOneProcessor = true): self
    {
        $command = [...onProcessor($onOneProcessor ? benchProcessor() : null), PHP_BINARY, '-n',
            ...phpOptions([...self::OPTIONS, ...$store->settings]), __DIR__ . "/$script"];
        $process = proc_open($command, [['pipe', 'r'], ['pipe', 'w']], $pipes);
        $self = new self($store, $process, $pipes);
        fwrite($pipes[0], base64_encode(serialize($store)) . "\n");
        atExit($self->stop(...));

        return $self;
    }

    /** Calls a method of the worker. */
    public function ask(string $method, mixed ...$arguments): mixed
    {
        fwrite($this->pipes[0], json_encode([$method, $arguments], JSON_THROW_ON_ERROR) . "\n");
        $this->waitForAnswer();
        $line = fgets($this->pipes[1]);
        $answer = json_decode((string) $line, true);
        if (!is_array($answer)) {
            giveUp("{$this->store->name} has died at $method: $line");
        }

        return array_key_exists('answer', $answer) ? $answer['answer'] : throw new StoreFails($answer['error']);
    }

    /** Unlike fgets(), a signal interrupts it, and what is to be done then is done. */
    private function waitForAnswer(): void
    {
        do {
            $read = [$this->pipes[1]];
            $none = null;
        } while (!@stream_select($read, $none, $none, 1));
    }

    /** It ends with its standard input; not at once, if it tidies gigabytes before. */
    public function stop(): void
    {
        if ($this->process !== null) {
            array_map(fclose(...), $this->pipes);
            endProcess($this->process, self::SECONDS_TO_STOP);
            $this->process = null;
        }
    }
}
