<?php
// Random modifications of values.
require_once __DIR__ . '/value_generator.php';

/** The same seed does the same to two values that look the same. */
final class Modification
{
    public array $exceptions = [];

    /** $appends: also where two arrays that look the same may differ, in the next free element. */
    private function __construct(private readonly bool $appends)
    {
    }

    /** @return list<string> the messages of the exceptions that were thrown */
    public static function of(mixed &$value, int $seed, bool $appends = false): array
    {
        mt_srand($seed);
        $modification = new self($appends);
        for ($i = mt_rand(1, 6); $i > 0; $i--) {
            try {
                $modification->descend($value, mt_rand(0, 5));
            } catch (Throwable $exception) {
                $modification->exceptions[] = $exception->getMessage();
            }
        }
        return $modification->exceptions;
    }

    private function descend(mixed &$value, int $levels): void
    {
        if ($levels > 0 && is_array($value) && $value !== []) {
            $this->descend($value[random_key($value)], $levels - 1);
        } elseif (is_object($value) && !$value instanceof UnitEnum) {
            $this->modify_object($value, $levels);
        } elseif (is_array($value)) {
            $this->modify_array($value, mt_rand(0, 31));
        } elseif (is_string($value) && $value !== '' && chance(2)) {
            match (mt_rand(0, 2)) {
                0 => $value[mt_rand(0, strlen($value) - 1)] = 'M',
                1 => $value .= ' and more',
                2 => $value = strrev($value),
            };
        } else {
            $value = RandomValues::small();
        }
    }

    private function modify_object(object $object, int $levels): void
    {
        $properties = properties_of($object::class);
        if ($object instanceof stdClass || ($object instanceof Open && chance(2))) {
            $names = array_keys(get_object_vars($object));
            if ($names === [] || chance(3)) {
                $object->{'new ' . mt_rand(0, 9)} = RandomValues::small();
            } elseif (chance(3)) {
                unset($object->{$names[random_key($names)]});
            } else {
                $this->descend($object->{$names[random_key($names)]}, $levels - 1);
            }
        } elseif ($object instanceof DateTime) {
            $object->modify('+36 hours');
        } elseif ($object instanceof SplObjectStorage) {
            $object[new Plain] = RandomValues::small();
        } elseif ($object instanceof ArrayAccess) {
            $object[mt_rand(0, 2)] = RandomValues::small();
        } elseif ($properties !== []) {
            [$scope, $name] = $properties[random_key($properties)];
            $unset = chance(6);
            if ((new ReflectionClass($scope))->isUserDefined()) {
                $descend = fn (mixed &$value) => $this->descend($value, $levels - 1);
                inside($object, $scope, function () use ($name, $unset, $descend) {
                    if ($unset) {
                        unset($this->$name);
                    } else {
                        $descend($this->$name);
                    }
                });
            }
        }
    }

    private function modify_array(array &$array, int $how): void
    {
        $is_plain = array_filter($array, fn ($value) => !is_scalar($value)) === [];
        $key = $array === [] ? 0 : random_key($array);
        switch ($how) {
            case 0: $array[$key] = RandomValues::small(); break;
            case 1: $array['new ' . mt_rand(0, 9)] = RandomValues::small(); break;
            case 2: $array[mt_rand(-5, 30)] = RandomValues::small(); break;
            case 3: unset($array[$key]); break;
            case 4:
                foreach (array_keys($array) as $each) {
                    if (chance(2)) {
                        unset($array[$each]);
                    }
                }
                break;
            case 5: $is_plain ? sort($array) : ksort($array); break;
            case 6: $is_plain ? asort($array, SORT_STRING) : krsort($array); break;
            case 7: $is_plain ? rsort($array, SORT_NATURAL) : ksort($array, SORT_STRING); break;
            case 8: usort($array, fn ($a, $b) => strcmp(gettype($a), gettype($b))); break;
            case 9: uasort($array, fn ($a, $b) => strcmp(gettype($b), gettype($a))); break;
            case 10: shuffle($array); break;
            case 11: array_shift($array); break;
            case 12: array_pop($array); break;
            case 13: array_unshift($array, RandomValues::small(), 'first'); break;
            case 14:
                array_splice($array, mt_rand(0, count($array)), mt_rand(0, 3), [RandomValues::small(), 'between']);
                break;
            case 15:
                if (!$this->appends) {
                    $array = array_merge($array);  // has its next free element where it must be
                }
                $array[] = RandomValues::small();
                array_push($array, 'pushed');
                break;
            case 16:
                foreach ($array as $each => &$value) {
                    if (is_int($value)) {
                        $value ^= 1;
                    } elseif (is_string($value)) {
                        $value .= ' seen';
                    } elseif (is_array($value)) {
                        $value["of $each"] = true;
                    }
                }
                break;
            case 17:
                array_walk($array, function (&$value, $key, $also) {
                    $value = is_array($value) ? [$value, $also] : $value;
                }, 'walked');
                break;
            case 18:
                $reference = &$array[$key];
                $reference = RandomValues::small();
                break;
            case 19:
                $reference = &$array[$key];
                $array['a reference to another'] = &$reference;
                break;
            case 20: $array = [$array, 'twice' => $array]; break;
            case 21:
                next($array);
                $array['current'] = key($array);
                end($array);
                $array['last'] = key($array);
                prev($array);
                break;
            case 22: $array = array_reverse($array, chance(2)); break;
            case 23:
                $array = array_replace_recursive([RandomValues::small()], ['x' => 1] + array_slice($array, 0, 5));
                break;
            case 24:
                $object = (object) $array;
                $object->cast = $object->{'0'} ?? 'none';
                $array = (array) $object;
                break;
            case 25:
                $object = new ArrayObject($array);
                $object['only there'] = count($array);
                unset($object[$key]);
                $array['copy'] = $object->getArrayCopy();
                break;
            case 26: $array = array_map(null, $array, array_keys($array)); break;
            case 27:
                $array = $is_plain ? array_flip(array_filter($array, is_string(...))) : array_chunk($array, 2, true);
                break;
            case 28: $array = iterator_to_array((fn () => yield from $array)()); break;
            case 29:
                if (count($array) > 20) {
                    break;  // PHP keeps the table of variables for the next one
                }
                extract($array, EXTR_PREFIX_ALL | EXTR_REFS, 'of');
                foreach (array_keys(get_defined_vars()) as $name) {
                    if (str_starts_with($name, 'of_')) {
                        $$name = 'extracted';
                    }
                }
                break;
            case 30:
                $found = array_search($is_plain ? $array[$key] ?? null : 'first', $array, true);
                $array = array_filter($array, fn ($value, $at) => $at !== $found, ARRAY_FILTER_USE_BOTH);
                break;
            case 31: $is_plain ? array_multisort($array) : $array = array_pad($array, -20, 'padding'); break;
        }
    }
}
