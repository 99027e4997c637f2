// Arguments that are a number of seconds, other than $ttl.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/base/units.h"

#include "ext/lifetime.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// INF, and what is beyond counting: kForever. Rounded up to milliseconds. False: an exception was
// thrown that names argument `position`.
[[nodiscard]] inline bool parse_seconds(double seconds, std::uint32_t position,
                                        Milliseconds& result) {
  if (std::isnan(seconds) || seconds < 0) {
    zend_argument_value_error(position, "must be a number of seconds, 0 or more");
    return false;
  }
  constexpr double kMost = 9e18;  // INT64_MAX is no double
  const double milliseconds = std::ceil(seconds * 1000);
  result = milliseconds >= kMost ? kForever : Milliseconds{static_cast<std::int64_t>(milliseconds)};
  return true;
}

}  // namespace nitro::php
