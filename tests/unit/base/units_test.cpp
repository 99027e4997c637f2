#include "core/base/units.h"

#include "tests/support/catch.h"

namespace nitro {

TEST_CASE("units: the literals count in powers of 1024") {
  CHECK(1_KiB == ByteCount{1024});
  CHECK(3_MiB == ByteCount{3 * 1024 * 1024});
  CHECK(64_GiB == ByteCount{std::uint64_t{64} << 30});
}

TEST_CASE("units: quantities add, subtract and compare by value") {
  CHECK(ByteCount{5} + ByteCount{7} == ByteCount{12});
  CHECK(Milliseconds{5} - Milliseconds{7} == Milliseconds{-2});
  CHECK(ByteCount{1} < ByteCount{2});
  CHECK(ByteCount{} == ByteCount{0});
}

TEST_CASE("units: a length cannot be passed where a lifetime is expected") {
  STATIC_REQUIRE_FALSE(std::is_convertible_v<ByteCount, Milliseconds>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<std::uint64_t, ByteCount>);
  STATIC_REQUIRE(sizeof(ByteCount) == sizeof(std::uint64_t));
}

TEST_CASE("units: rounding keeps multiples as they are") {
  CHECK(round_up(0, 16) == 0);
  CHECK(round_up(1, 16) == 16);
  CHECK(round_up(16, 16) == 16);
  CHECK(round_up(17, 16) == 32);
  CHECK(round_down(15, 16) == 0);
  CHECK(round_down(16, 16) == 16);
  CHECK(round_down(31, 16) == 16);
}

}  // namespace nitro
