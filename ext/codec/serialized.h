// Arrays and objects, by way of PHP's own serializer.
#pragma once

#include "core/store/store.h"
#include "core/store/value.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// Owned by the caller. nullptr: an exception was thrown. Runs PHP code.
[[nodiscard]] zend_string* serialize(zval* value);

// Releases the entry, then runs PHP code. False, and `result` is null: the bytes are no value, or
// an exception was thrown.
[[nodiscard]] bool decode_serialized(Session& session, const Entry& entry, zval* result);

}  // namespace nitro::php
