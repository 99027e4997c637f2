// The $ttl argument: null, seconds, or a DateInterval.
#pragma once

#include <cstdint>

#include "core/base/units.h"

#include "ext/globals.h"
#include "ext/lifetime.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// False: an exception was thrown that names argument `position`.
[[nodiscard]] bool parse_ttl_slowly(zval* ttl, std::uint32_t position, Milliseconds& lifetime);

[[nodiscard]] constexpr Milliseconds lifetime_of_seconds(zend_long seconds) noexcept {
  constexpr zend_long kMost = INT64_MAX / 1000;
  if (seconds > kMost) {
    return kForever;
  }
  return Milliseconds{seconds > 0 ? seconds * 1000 : 0};
}

// As parse_ttl_slowly(), which it spares the most usual cases.
// `ttl` may be nullptr: not given.
[[nodiscard]] inline bool parse_ttl(zval* ttl, std::uint32_t position, Milliseconds& lifetime) {
  if (ttl == nullptr) {
    lifetime = NITRO_G(settings).default_lifetime;
    return true;
  }
  if (Z_TYPE_P(ttl) == IS_LONG) {
    lifetime = lifetime_of_seconds(Z_LVAL_P(ttl));
    return true;
  }
  return parse_ttl_slowly(ttl, position, lifetime);
}

}  // namespace nitro::php
