// Randomness that can be repeated: NITRO_SEED in the environment, else the time.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdlib>

#include "tests/support/catch.h"

namespace nitro::test {

[[nodiscard]] inline std::uint64_t test_seed() {
  const char* given = std::getenv("NITRO_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10)
                          : static_cast<std::uint64_t>(
                                std::chrono::steady_clock::now().time_since_epoch().count());
}

}  // namespace nitro::test
