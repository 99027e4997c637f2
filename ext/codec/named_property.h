// Sets a property by its stored name, where the class has changed since or gives its properties by
// name: as unserialize() does.
#pragma once

#include "ext/zend_headers.h"

namespace nitro::php {

// Takes `value`. `name` is mangled as in a property table. False: an exception was thrown, or a
// type does not allow the value. May run PHP code. What was there becomes `replaced`, perhaps
// undefined: the caller knows what else leads to it.
[[nodiscard]] bool set_named_property(zend_object* object, zend_string* name, zval* value,
                                      zval* replaced);

// Puts `value` into a declared property's slot, whose `info` may be nullptr, and takes it. False:
// its type does not allow it. `replaced` as above.
[[nodiscard]] bool set_slot(zend_property_info* info, zval* slot, zval* value, zval* replaced);

}  // namespace nitro::php
