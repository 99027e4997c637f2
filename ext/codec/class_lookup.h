// The class of a stored object: as unserialize() finds it.
#pragma once

#include "ext/zend_headers.h"

namespace nitro::php {

// Loads it if need be, asks unserialize_callback_func, and in the end gives
// __PHP_Incomplete_Class. nullptr: an exception was thrown. May run PHP code.
[[nodiscard]] zend_class_entry* find_class(zend_string* name, zend_string* lower_case_name);
// The same for an enum, which has no incomplete form: nullptr, after a warning, when it is missing.
[[nodiscard]] zend_class_entry* find_enum(zend_string* name, zend_string* lower_case_name);
// nullptr: after a warning, or an exception was thrown.
[[nodiscard]] const zval* find_enum_case(zend_class_entry* class_entry, const zend_string* name);

}  // namespace nitro::php
