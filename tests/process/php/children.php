<?php
// Children made by fork, and what is said between them and their parent: lines over a socket.

const LONGEST_SILENCE = 30;  // seconds

final class Child
{
    private function __construct(public readonly int $pid, private $socket)
    {
    }

    /** Forks. The child calls $run with its way to the parent, then ends. */
    public static function start(Closure $run): self
    {
        [$here, $there] = stream_socket_pair(STREAM_PF_UNIX, STREAM_SOCK_STREAM, 0);
        $pid = pcntl_fork();
        if ($pid === 0) {
            fclose($here);
            $run(new self(posix_parent(), $there));
            exit(0);
        }
        fclose($there);
        return new self($pid, $here);
    }

    public function say(string $line): void
    {
        fwrite($this->socket, "$line\n");
    }

    /** What the other one says next; '' if it says nothing for long, or has ended. */
    public function listen(): string
    {
        stream_set_timeout($this->socket, LONGEST_SILENCE);

        return rtrim((string) fgets($this->socket), "\n");
    }

    public function hear(string $expected = 'done'): void
    {
        $line = $this->listen();
        if ($line !== $expected) {
            check("process $this->pid says '$expected'", false, said: $line,
                timed_out: stream_get_meta_data($this->socket)['timed_out']);
        }
    }

    /** Whether the other one has said something. */
    public function is_heard(): bool
    {
        $readable = [$this->socket];
        $none = null;

        return stream_select($readable, $none, $none, 0) > 0;
    }

    /** Waits for its end, which must be a good one. */
    public function join(): void
    {
        pcntl_waitpid($this->pid, $status);
        if (!pcntl_wifexited($status) || pcntl_wexitstatus($status) !== 0) {
            check("process $this->pid ends well", false, status: $status,
                signal: pcntl_wifsignaled($status) ? pcntl_wtermsig($status) : 'none');
        }
    }

    public function kill(): void
    {
        exec("kill -9 $this->pid");
        pcntl_waitpid($this->pid, $status);
    }
}

function posix_parent(): int
{
    // Not /proc/self: PHP remembers where that led before the fork.
    return (int) explode(' ', file_get_contents('/proc/' . getmypid() . '/stat'))[3];
}
