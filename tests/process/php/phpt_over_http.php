<?php
// Requests phpt tests from `php -S`, each twice, and compares with what they expect. Runs in a copy
// of the suite, since it writes the scripts beside the tests.
//   php -n phpt_over_http.php FOLDER|TEST.phpt…

declare(strict_types=1);

const SECONDS_PER_REQUEST = 30;
const REQUESTS = ['first', 'second'];

// As run-tests.php sets them.
const SETTINGS = [
    'auto_append_file' => '',
    'auto_prepend_file' => '',
    'date.timezone' => 'UTC',
    'display_errors' => '1',
    'docref_ext' => '.html',
    'docref_root' => '',
    'error_reporting' => '32767',
    'html_errors' => '0',
    'log_errors' => '0',
    'memory_limit' => '128M',
    'nitro.protect_memory' => '1',
    'output_buffering' => '0',
    'precision' => '14',
    'serialize_precision' => '-1',
    'zend.assertions' => '1',
];

/** One php -S for tests that want the same settings; begins anew when a test has ended it. */
final class Server
{
    private string $address = '';
    /** @var resource|null */
    private $process = null;

    /** @param array<string, string> $settings */
    public function __construct(private array $settings)
    {
        $this->start();
    }

    public function __destruct()
    {
        $this->stop();
    }

    /** What the server answers; null: it does not, or has ended. */
    public function request(string $path): ?string
    {
        $context = stream_context_create(['http' => ['timeout' => SECONDS_PER_REQUEST, 'ignore_errors' => true]]);
        $answer = @file_get_contents("http://$this->address/$path", false, $context);
        // It answers before it cleans up, and cleaning up is what may end it.
        usleep(2_000);
        if ($answer !== false && proc_get_status($this->process)['running']) {
            return $answer;
        }
        $this->stop();
        $this->start();

        return null;
    }

    private function start(): void
    {
        $environment = ['TEST_PHP_EXECUTABLE' => PHP_BINARY, 'TEST_PHP_EXTRA_ARGS' => implode(' ', array_map(
            escapeshellarg(...),
            $this->options(),
        ))] + getenv();
        unset($environment['PHP_CLI_SERVER_WORKERS']);
        for ($attempt = 0; $attempt < 5; ++$attempt) {
            $this->address = stream_socket_get_name(stream_socket_server('tcp://127.0.0.1:0'), false);
            $command = [PHP_BINARY, ...$this->options(), '-S', $this->address];
            $log = ['file', 'php_s.log', 'a'];
            $this->process = proc_open($command, [['null'], $log, $log], $pipes, null, $environment);
            if ($this->accepts()) {
                return;
            }
            $this->stop();
        }
        throw new RuntimeException('php -S does not start: ' . file_get_contents('php_s.log'));
    }

    private function accepts(): bool
    {
        for ($try = 0; $try < 250 && proc_get_status($this->process)['running']; ++$try) {
            if (@stream_socket_client("tcp://$this->address", timeout: 1) !== false) {
                return true;
            }
            usleep(20_000);
        }

        return false;
    }

    private function stop(): void
    {
        if ($this->process !== null) {
            proc_terminate($this->process);
            proc_close($this->process);
            $this->process = null;
        }
    }

    /** @return list<string> */
    private function options(): array
    {
        $options = ['-n', '-d', 'extension=' . getenv('NITRO_SO'), '-d', 'nitro.janitor_path=' . getenv('NITROCTL')];
        foreach ($this->settings as $name => $value) {
            array_push($options, '-d', "$name=$value");
        }

        return $options;
    }
}

/** @return array<string, string> the text of each section, by its name */
function sections(string $file): array
{
    $parts = preg_split('/^--([A-Z_]+)--\R/m', file_get_contents($file), -1, PREG_SPLIT_DELIM_CAPTURE);
    $sections = [];
    for ($i = 1; $i < count($parts); $i += 2) {
        $sections[$parts[$i]] = $parts[$i + 1];
    }

    return $sections;
}

/** @return array<string, string> */
function settings_of(array $sections): array
{
    $settings = SETTINGS;
    foreach (preg_split('/\R/', $sections['INI'] ?? '', -1, PREG_SPLIT_NO_EMPTY) as $line) {
        [$name, $value] = array_map(trim(...), explode('=', $line, 2));
        $settings[$name] = $value;
    }

    return $settings;
}

/** An EXPECTF section as a regular expression: https://qa.php.net/phpt_details.php#expectf_section */
function pattern_of(string $expected): string
{
    $words = [
        '%e' => '[\\\\/]', '%s' => '[^\r\n]+', '%S' => '[^\r\n]*', '%a' => '.+?', '%A' => '.*?', '%w' => '\s*',
        '%i' => '[+-]?\d+', '%d' => '\d+', '%x' => '[0-9a-fA-F]+', '%f' => '[+-]?(?:\d+|(?=\.\d))(?:\.\d+)?(?:[Ee][+-]?\d+)?',
        '%c' => '.', '%%' => '%',
    ];
    $pattern = '';
    foreach (preg_split('/(%r.*?%r|%[a-zA-Z%])/s', $expected, -1, PREG_SPLIT_DELIM_CAPTURE) as $part) {
        $is_pattern = str_starts_with($part, '%r');
        $pattern .= $is_pattern ? substr($part, 2, -2) : $words[$part] ?? preg_quote($part, '/');
    }

    return "/^$pattern\$/sD";
}

function is_as_expected(string $answer, array $sections): bool
{
    $answer = trim(str_replace("\r\n", "\n", $answer));
    $expected = trim($sections['EXPECT'] ?? $sections['EXPECTF']);

    return isset($sections['EXPECT']) ? $answer === $expected : preg_match(pattern_of($expected), $answer) === 1;
}

/** Why this test cannot be run here; null: it can. */
function why_not(Server $server, string $script, array $sections): ?string
{
    $extensions = preg_split('/\s+/', $sections['EXTENSIONS'] ?? '', -1, PREG_SPLIT_NO_EMPTY);
    if (in_array('pcntl', $extensions, true)) {
        return 'a child of php -S would go on as a second server';
    }
    if (in_array('igbinary', $extensions, true)) {
        return 'the server does not load igbinary';
    }
    if (!isset($sections['SKIPIF'])) {
        return null;
    }
    file_put_contents("$script.skip.php", $sections['SKIPIF']);
    $answer = trim((string) $server->request("$script.skip.php"));

    return stripos($answer, 'skip') === 0 ? $answer : null;
}

/** @return list<string> what is wrong */
function run(Server $server, string $script, array $sections): array
{
    file_put_contents("$script.php", $sections['FILE']);
    $wrong = [];
    foreach (REQUESTS as $which) {
        $answer = $server->request("$script.php");
        if ($answer === null) {
            $wrong[] = "the $which request ends the server, or takes more than " . SECONDS_PER_REQUEST . ' s';
        } elseif (!is_as_expected($answer, $sections)) {
            $wrong[] = "the $which request gives\n$answer";
        }
    }
    if (isset($sections['CLEAN'])) {
        file_put_contents("$script.clean.php", $sections['CLEAN']);
        $server->request("$script.clean.php");
    }

    return $wrong;
}

$tests = [];
foreach (array_slice($argv, 1) as $name) {
    array_push($tests, ...(is_dir($name) ? glob("$name/*.phpt") : [$name]));
}
$groups = [];
foreach ($tests as $test) {
    $sections = sections($test);
    $settings = settings_of($sections);
    $groups[serialize($settings)][substr($test, 0, -strlen('.phpt'))] = $sections;
}

[$passed, $failed, $skipped] = [0, 0, 0];
foreach ($groups as $settings => $scripts) {
    $server = new Server(unserialize($settings));
    foreach ($scripts as $script => $sections) {
        if (($reason = why_not($server, $script, $sections)) !== null) {
            echo "skipped: $script: $reason\n";
            ++$skipped;
            continue;
        }
        $wrong = run($server, $script, $sections);
        $wrong === [] ? ++$passed : ++$failed;
        foreach ($wrong as $sentence) {
            echo "FAILED: $script: $sentence\n";
        }
    }
}
echo "$passed tests passed, $failed failed, $skipped skipped\n";
exit($failed === 0 && $passed > 0 ? 0 : 1);
