// Storing and removing one value on behalf of a NitroCache object.
#pragma once

#include "core/base/units.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// False: it was not stored, or an exception was thrown.
[[nodiscard]] bool store_value(zend_object* cache, zend_string* key, zval* value,
                               Milliseconds lifetime);

// False: it may still be there, or an exception was thrown.
[[nodiscard]] bool erase_value(zend_object* cache, zend_string* key);

}  // namespace nitro::php
