<?php
// What scripts do with a value that they got, whatever it is.

final class WrongValue extends LogicException
{
}

/** Looks at all of a value, and modifies its arrays. Throws WrongValue when it is none as PHP makes them. */
final class ValueUse
{
    private const MOST_STEPS = 1500;

    private int $steps = 0;
    private array $objects = [];  // those that it is within
    private string $seen = '';

    public static function of(&$value): void
    {
        $use = new self;
        $use->look_at($value, 0);
        if ($use->steps >= self::MOST_STEPS) {
            return;  // what is there many times makes a long text
        }
        // Not json_encode(): it does not end with a DateTime that holds itself.
        $function = ['var_export', 'serialize', 'print_r', 'var_dump'][mt_rand(0, 3)];
        try {
            ob_start();
            $function($value);
        } catch (Throwable) {
        } finally {
            ob_end_clean();
        }
    }

    private function look_at(&$value, int $depth): void
    {
        if (++$this->steps > self::MOST_STEPS || $depth > 500) {
            return;
        }
        if (is_string($value)) {
            $this->seen = hash('crc32b', $this->seen . $value);
            isset([1][$value]);
        } elseif (is_array($value)) {
            $this->look_at_array($value, $depth);
        } elseif (is_object($value) && !isset($this->objects[spl_object_id($value)])) {
            $this->objects[spl_object_id($value)] = $value;
            $this->check_types($value);
            $properties = (array) $value;
            $this->look_at_array($properties, $depth);
            unset($this->objects[spl_object_id($value)]);
        } elseif (!is_object($value) && !is_scalar($value) && $value !== null) {
            throw new WrongValue('there is a ' . gettype($value));
        }
    }

    private function look_at_array(array &$array, int $depth): void
    {
        $copy = $array;
        $keys = array_keys($array);
        if (count($keys) !== count($array)) {
            throw new WrongValue(count($array) . ' elements are ' . count($keys));
        }
        foreach ($keys as $key) {
            isset($array[$key]);
        }
        foreach ($array as &$element) {
            $this->look_at($element, $depth + 1);
            if ($this->steps > self::MOST_STEPS) {
                break;
            }
        }
        unset($element);
        try {
            $copy[] = 'appended';
        } catch (Error) {  // there is no next key
        }
        $copy['set'] = count($copy);
        foreach ($keys as $key) {
            unset($copy[$key]);
        }
        sort($copy);
    }

    /** A property that has a type has a value of it, or none. */
    private function check_types(object $object): void
    {
        foreach (properties_of($object::class) as [$scope, $name, $type]) {
            if ($type === '' || !in_array($scope, [Typed::class, Fixed::class, Node::class, Derived::class], true)) {
                continue;
            }
            $is_right = inside($object, $scope, function () use ($object, $name, $type) {
                if (!isset($object->$name)) {
                    return true;
                }
                $value = $object->$name;
                return match (ltrim($type, '?')) {
                    'mixed' => true,
                    'string|int|null' => is_string($value) || is_int($value),
                    default => get_debug_type($value) === ltrim($type, '?'),
                };
            });
            $is_right || throw new WrongValue("$scope::\$$name is no $type");
        }
    }
}
