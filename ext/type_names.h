// What a value's type is called in a TypeError.
#pragma once

#include "ext/zend_headers.h"

namespace nitro::php {

[[nodiscard]] inline const char* type_name(const zval* value) {
#if PHP_VERSION_ID >= 80300
  return zend_zval_value_name(value);
#else
  return zend_zval_type_name(value);
#endif
}

}  // namespace nitro::php
