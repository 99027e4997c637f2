// What `new NitroCache` does: checks what was asked for, attaches, and says what came out
// otherwise.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/units.h"

#include "ext/cache_object.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// This thread's way into the cache of that name. nullptr: the failure() of NITRO_G(attachments)
// says why.
[[nodiscard]] Attachment* find_or_attach(std::string_view name, std::optional<ByteCount> size);

// Each of the last two may be nullptr: not given. Throws.
void construct(CacheObject& object, zval* max_memory_mb, zend_string* name);

}  // namespace nitro::php
