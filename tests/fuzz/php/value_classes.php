<?php
// Classes of which random values have objects, one for each way that a class can have its say in
// how its objects are stored; and a way to their properties.

error_reporting(E_ALL & ~E_DEPRECATED);

enum Suit { case Hearts; case Spades; }
enum Level: int { case Low = 1; case High = 2; }
enum Colour: string { case Red = 'red'; case None = ''; }

class Plain { public $any; protected $hidden = 'default'; private $own = ['default', 'list' => [1]]; }
class Typed {
    public int $number = 7;
    public ?string $text = null;
    public array $list = [];
    public float $ratio;
    public int|string|null $either;
    public ?Typed $next = null;
    private bool $flag;
    protected mixed $late;
    public static $shared = 'is not stored';
}
class Fixed {
    public readonly int $id;
    public readonly mixed $value;
    protected readonly array $list;
}
class Base { private $secret = 'of the base'; protected $common; public $open; }
class Derived extends Base { private $secret = 'of the derived'; public array $more = []; }
// Properties that their class keeps to itself.
const NOT_STORED = ['dropped', 'forgotten'];
#[AllowDynamicProperties]
class Open { public $declared = 1; }
/** Which methods of the classes below were called, since somebody last took the list. */
final class Calls {
    private static array $list = [];
    public static function note(object $object, string $method): void { self::$list[] = $object::class . "::$method"; }
    public static function take(): string {
        [$list, self::$list] = [self::$list, []];
        return implode(', ', $list);
    }
}
class Custom {
    private $parts = [];
    protected ?Custom $other = null;
    public function __serialize(): array {
        Calls::note($this, __FUNCTION__);
        return ['parts' => $this->parts, 'other' => $this->other, 5 => [$this->other]];
    }
    public function __unserialize(array $data): void {
        Calls::note($this, __FUNCTION__);
        ['parts' => $this->parts, 'other' => $this->other] = $data;
    }
}
class CustomChild extends Custom { public $forgotten = 'default'; }
class Sleeper {
    public $kept;
    protected $also = [];
    private $inner;
    public $dropped = 'default';
    public function __sleep(): array {
        Calls::note($this, __FUNCTION__);
        return ['kept', 'also', 'inner'];
    }
    public function __wakeup(): void {
        Calls::note($this, __FUNCTION__);
        $this->dropped = 'woken';
    }
}
class Magic {
    private array $data = [];
    public function __get($name) { return $this->data[$name] ?? null; }
    public function __set($name, $value) { $this->data[$name] = $value; }
}
class Node { public ?Node $parent = null; public array $children = []; public $payload; }
class Tracked {
    public static int $destroyed = 0;
    public $value;
    public function __destruct() { self::$destroyed++; }
}
/** Uses the cache while it is stored and while it is fetched. */
class Guest {
    public $luggage;
    public function __serialize(): array {
        Calls::note($this, __FUNCTION__);
        $GLOBALS['cache']->set('guest', ['stored', str_repeat('in between ', 300)]);
        return ['luggage' => $this->luggage];
    }
    public function __unserialize(array $data): void {
        Calls::note($this, __FUNCTION__);
        $GLOBALS['cache']->get('guest');
        $GLOBALS['cache']->set('guest', ['fetched', [str_repeat('in between ', 10)]]);
        $this->luggage = $data['luggage'];
    }
}
class RichArrayObject extends ArrayObject { public $extra; }
class NotedDate extends DateTimeImmutable { public $note; }
if (PHP_VERSION_ID > 0) {  // at run time, when deprecations are ignored
    class Old implements Serializable {
        public $text = '';
        public function serialize() {
            Calls::note($this, __FUNCTION__);
            return (string) $this->text;
        }
        public function unserialize($data) {
            Calls::note($this, __FUNCTION__);
            $this->text = $data;
        }
    }
}

/** @return list<array{string, string, string, bool}> declaring class, name, type, whether it is readonly */
function properties_of(string $class): array
{
    static $known = [];
    if (!isset($known[$class])) {
        $known[$class] = [];
        for ($scope = new ReflectionClass($class); $scope; $scope = $scope->getParentClass()) {
            foreach ($scope->getProperties() as $property) {
                if (!$property->isStatic() && $property->class === $scope->name) {
                    $known[$class][] = [$scope->name, $property->name, (string) $property->getType(),
                        $property->isReadOnly()];
                }
            }
        }
    }
    return $known[$class];
}

/** Calls $do with $object as $this, as a method of $scope: what is private there can be reached. */
function inside(object $object, string $scope, Closure $do): mixed
{
    return Closure::bind($do, $object, $scope)();
}
