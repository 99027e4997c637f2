// What `new NitroCache` does: checks what was asked for, attaches, and says what came out
// otherwise.
#pragma once

#include "ext/cache_object.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// Each of the last two may be nullptr: not given. Throws.
void construct(CacheObject& object, zval* max_memory_mb, zend_string* name);

}  // namespace nitro::php
