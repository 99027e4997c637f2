#include "core/store/pin_set.h"

#include <memory>

#include "tests/support/catch.h"

namespace nitro {

TEST_CASE("pin set: holds as many blocks as a row has pins, and only those") {
  const auto pins = std::make_unique<PinSet>();
  // Neighbours as well as blocks far apart.
  const auto block = [](std::uint64_t i) { return i % 2 == 0 ? 16 * (i + 1) : i * 1'048'576; };
  for (std::uint64_t i = 0; i < kMaxPins; ++i) {
    CHECK_FALSE(pins->contains(block(i)));
    CHECK(pins->insert(block(i)));
  }
  for (std::uint64_t i = 0; i < kMaxPins; ++i) {
    CHECK(pins->contains(block(i)));
    CHECK_FALSE(pins->insert(block(i)));
  }
  CHECK_FALSE(pins->contains(block(kMaxPins + 1)));
}

TEST_CASE("pin set: is empty after clear") {
  const auto pins = std::make_unique<PinSet>();
  pins->insert(4096);
  pins->clear();
  CHECK_FALSE(pins->contains(4096));
  CHECK(pins->insert(4096));
}

}  // namespace nitro
