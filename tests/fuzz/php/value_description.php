<?php
// What PHP sees of a value.
require_once __DIR__ . '/value_classes.php';

/** Text that two values share exactly when a script cannot tell one from the other (by their contents). */
final class Description
{
    // A cycle may lead through references that look like none, which nobody else holds.
    private const LONGEST = 1 << 20;

    private string $text = '';
    private array $objects = [];
    private array $references = [];
    private array $kept = [];  // so that no object's number is given to another one

    /** $is_rough: without what no serializer keeps. */
    private function __construct(private readonly bool $is_rough)
    {
    }

    /** Whether serialize() gets it right. */
    public static function is_faithful(mixed $value): bool
    {
        try {
            return self::of(unserialize(serialize($value)), is_rough: true) === self::of($value, is_rough: true);
        } catch (Throwable) {
            return false;
        }
    }

    public static function of(mixed $value, bool $is_rough = false): string
    {
        $description = new self($is_rough);
        $description->add($value, "\n");
        return $description->text;
    }

    private function add(mixed $value, string $indent): void
    {
        $this->text .= match (true) {
            is_string($value) => strlen($value) < 200 ? 'string ' . addcslashes($value, "\0..\37\177..\377")
                : 'string of ' . strlen($value) . ' bytes ' . hash('xxh128', $value),
            is_float($value) => 'float ' . (is_nan($value) ? 'NAN' : bin2hex(pack('E', $value))),
            is_array($value) => 'array of ' . count($value) . ($this->is_rough || key($value) === array_key_first($value)
                ? '' : ' with its pointer at ' . key($value)),
            is_object($value) => $value::class,
            default => var_export($value, true),
        };
        if (is_array($value)) {
            $this->add_elements($value, "$indent ");
        } elseif ($value instanceof UnitEnum) {
            $this->text .= "::$value->name";
        } elseif (is_object($value)) {
            $this->add_object($value, $indent);
        }
    }

    private function add_elements(array $elements, string $indent): void
    {
        foreach (array_keys($elements) as $key) {
            if (strlen($this->text) > self::LONGEST) {
                return;
            }
            $name = is_int($key) ? $key : '"' . addcslashes($key, "\0..\37\177..\377") . '"';
            $this->text .= "$indent$name: ";
            $reference = ReflectionReference::fromArrayElement($elements, $key)?->getId();
            if ($reference !== null) {
                $is_known = isset($this->references[$reference]);
                $number = $this->references[$reference] ??= count($this->references);
                $this->text .= "reference $number ";
                if ($is_known) {
                    continue;
                }
            }
            $this->add($elements[$key], $indent);
        }
    }

    private function add_object(object $object, string $indent): void
    {
        $is_known = isset($this->objects[spl_object_id($object)]);
        $number = $this->objects[spl_object_id($object)] ??= count($this->objects);
        $this->kept[] = $object;
        $this->text .= " number $number";
        if ($is_known) {
            return;
        }
        $properties = get_mangled_object_vars($object);
        if ($this->is_rough) {
            $properties = array_diff_key($properties, array_flip(NOT_STORED));
        }
        $this->add_elements($properties, "$indent ");
        if (method_exists($object, '__serialize') && (new ReflectionMethod($object, '__serialize'))->isInternal()) {
            $this->text .= "$indent and within";
            $this->add_elements($object->__serialize(), "$indent ");
        }
    }
}
