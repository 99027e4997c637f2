<?php
// Values a little smaller than a given one, to find out which part of it matters.
require_once __DIR__ . '/value_classes.php';

/** Values that are a little smaller. */
function smaller(mixed $value, int $levels = 5): iterable
{
    if (is_string($value) && $value !== '') {
        yield substr($value, 0, intdiv(strlen($value), 2));
    } elseif (is_object($value) && !$value instanceof UnitEnum) {
        yield from smaller_objects($value, $levels);
    } elseif (is_array($value)) {
        foreach ($value as $element) {
            if (is_array($element) || is_object($element)) {
                yield $element;
            }
        }
        if (count($value) > 3) {
            yield array_slice($value, 0, intdiv(count($value), 2), true);
            yield array_slice($value, intdiv(count($value), 2), null, true);
        }
        foreach (count($value) > 40 ? [] : array_keys($value) as $key) {
            $rest = $value;
            unset($rest[$key]);
            yield $rest;
            foreach ($levels > 0 ? smaller($value[$key], $levels - 1) : [] as $element) {
                yield [$key => $element] + $rest;
            }
        }
    }
}

function smaller_objects(object $object, int $levels): iterable
{
    foreach (get_mangled_object_vars($object) as $name => $value) {
        yield $value;
        $parts = explode("\0", $name);
        $scope = count($parts) > 1 && $parts[1] !== '*' ? $parts[1] : $object::class;
        if ((new ReflectionClass($scope))->isInternal()) {
            continue;
        }
        foreach ([null, [], ...($levels > 0 ? smaller($value, $levels - 1) : [])] as $new) {
            try {
                $smaller = clone $object;
                inside($smaller, $scope, function () use ($parts, $new) { $this->{end($parts)} = $new; });
                if (serialize($smaller) !== serialize($object)) {
                    yield $smaller;
                }
            } catch (Throwable) {
                // Readonly, or of another type.
            }
        }
    }
}
