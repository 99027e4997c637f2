// PHP's hash of a string, for long ones.
#pragma once

#include "ext/zend_headers.h"

namespace nitro::php {

// The same as zend_string_hash_val(): the string remembers it. Takes some 40 % less time when it is
// long, and is not known yet.
void remember_hash(zend_string* string) noexcept;

}  // namespace nitro::php
