// Objects by the extension igbinary, where the settings say so. Its functions are called as PHP
// calls them, so that nothing is to be linked, and it may be absent.
#pragma once

#include "core/store/store.h"

#include "ext/zend_headers.h"

namespace nitro::php {

[[nodiscard]] bool is_igbinary_loaded() noexcept;

// What is to be stored; the caller owns it. nullptr: an exception was thrown. Requires: igbinary is
// loaded. Runs PHP code.
[[nodiscard]] zend_string* serialize_by_igbinary(zval* value);

// Releases the entry. False, and `result` is null: the bytes are no value any more, an exception
// was thrown, or, after a warning, igbinary is not loaded. May run PHP code.
[[nodiscard]] bool decode_igbinary(Session& session, Entry entry, zval* result);

}  // namespace nitro::php
