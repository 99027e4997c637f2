// NitroCache::remember(): of those who miss a key at the same time, one computes it.
#pragma once

#include <cstdint>

#include "core/base/units.h"

#include "ext/zend_headers.h"

namespace nitro::php {

struct RememberTerms {
  Milliseconds lifetime;
  Milliseconds stale_for;  // the old value is given so long after its time, while one computes
  Milliseconds wait;       // for whoever computes, when there is no old value
  double early;            // 0, or how eagerly to compute before the time is over; 1 is usual
  const zend_array* tags;  // nullptr: none
};

// The position of `tags` among the method's arguments.
inline constexpr std::uint32_t kRememberTags = 7;

// May run PHP code: the callback. Leaves `result` undef when an exception was thrown.
void remember(zend_object* cache, zend_string* key, zend_fcall_info& callback,
              zend_fcall_info_cache& callback_cache, const RememberTerms& terms, zval* result);

}  // namespace nitro::php
