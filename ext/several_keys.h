// getMultiple(), setMultiple(), deleteMultiple(): walks what the user gave, an array or a
// Traversable, and does for each key what the method for one key does.
#pragma once

#include "core/base/units.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// `fallback` may be nullptr: null. Throws.
void get_several(zend_object* cache, zval* keys, zval* fallback, zval* return_value);

// False: at least one was not stored or removed, or an exception was thrown. `tags` is the method's
// third argument; nullptr: not given.
[[nodiscard]] bool store_several(zend_object* cache, zval* values, Milliseconds lifetime,
                                 const zend_array* tags);
[[nodiscard]] bool erase_several(zend_object* cache, zval* keys);

}  // namespace nitro::php
