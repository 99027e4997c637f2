// How long an entry is to live, before it is known from when on.
#pragma once

#include <cstdint>

#include "core/base/clock.h"
#include "core/base/units.h"

namespace nitro::php {

// Until it is evicted.
inline constexpr Milliseconds kForever{INT64_MAX};

// Zero and less mean: gone at once.
[[nodiscard]] constexpr bool is_over(Milliseconds lifetime) noexcept { return lifetime.value <= 0; }

// A point that has passed on every clock that runs, for an entry whose life is over before it
// begins.
inline constexpr MonotonicTime kLongAgo{1};

[[nodiscard]] constexpr MonotonicTime deadline_of(Milliseconds lifetime,
                                                  MonotonicTime now) noexcept {
  if (lifetime == kForever) {
    return kNever;
  }
  return is_over(lifetime) ? kLongAgo : deadline_after(now, lifetime);
}

}  // namespace nitro::php
