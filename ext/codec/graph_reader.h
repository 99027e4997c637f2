// Makes PHP values of what GraphWalk wrote: handed out where they lie, or built anew.
#pragma once

#include <cstdint>

#include "core/store/store.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// Both release the entry. False, and `result` is null: the bytes are no value any more, or an
// exception was thrown. Runs no PHP code.
[[nodiscard]] bool decode_array(Session& session, Entry entry, zval* result);
// May run PHP code: autoloading, __unserialize() and its like.
[[nodiscard]] bool decode_graph(Session& session, Entry entry, zval* result);

}  // namespace nitro::php
