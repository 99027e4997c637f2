#include "core/stripe/spares.h"

#include "tests/support/catch.h"

namespace nitro {

namespace {

struct Fixture {
  SparesState state{};
  SharedAtomic<std::uint64_t> classes_in_use{0};
  Spares spares{state, classes_in_use};

  [[nodiscard]] std::optional<std::uint64_t> take(std::uint64_t need) {
    return spares.for_size(need).take_free(need);
  }
};

}  // namespace

TEST_CASE("spares: the tightest one is taken") {
  Fixture f;
  f.spares.add_free({0, 256});
  f.spares.add_free({1024, 208});
  f.spares.add_free({2048, 224});
  CHECK(f.take(208) == 1024);
  CHECK(f.take(208) == 2048);
  CHECK_FALSE(f.take(208));  // 48 bytes of 256 are too much to waste and too few to be of use
  CHECK(f.take(256) == 0);
  CHECK_FALSE(f.take(144));
}

TEST_CASE("spares: a part is taken if the rest is of use") {
  Fixture f;
  f.spares.add_free({0, 256});
  CHECK_FALSE(f.take(208));
  CHECK(f.take(192) == 0);
}

TEST_CASE("spares: those of another class are not looked at") {
  Fixture f;
  f.spares.add_free({0, 512});
  CHECK_FALSE(f.take(256));
  CHECK(f.take(272) == 0);
}

TEST_CASE("spares: the largest class takes all sizes") {
  Fixture f;
  f.spares.add_free({0, 1 << 20});
  f.spares.add_free({1 << 20, 16 << 10});
  CHECK(f.take(10'000 / 16 * 16) == 1 << 20);
  CHECK(f.take(10'000 / 16 * 16) == 0);
}

TEST_CASE("spares: positions and sizes of the largest ring are kept") {
  Fixture f;
  const std::uint64_t position = (std::uint64_t{60} << 30) + 16;
  const std::uint64_t size = std::uint64_t{4} << 30;
  f.spares.add_free({position, size});
  CHECK(f.take(size) == position);
}

TEST_CASE("spares: there is a bound, and what is free gives way to what is retired") {
  Fixture f;
  for (std::uint64_t i = 0; i < 2 * kSparesPerClass; ++i) {
    f.spares.add_free({i * 128, 128});
  }
  const SpareClass& spares = f.spares.for_size(128);
  CHECK(spares.count_free() == kSparesPerClass);
  for (std::uint64_t i = 0; i < 2 * kSparesPerClass; ++i) {
    f.spares.add_retired({(100 + i) * 128, 128});
    CHECK(spares.count_free() + spares.count_retired() == kSparesPerClass);
  }
  CHECK(spares.count_retired() == kSparesPerClass);
  f.spares.add_free({0, 128});
  CHECK_FALSE(f.take(128));
}

TEST_CASE("spares: what is to be joined is taken off the lists") {
  Fixture f;
  for (const std::uint64_t position : {0, 128, 256, 384}) {
    f.spares.add_free({position, 128});
    f.spares.add_retired({position + 1024, 128});
    f.spares.add_free({position + 4096, 80});
  }
  f.spares.purge(128, 1024 + 256);
  const SpareClass& spares = f.spares.for_size(128);
  REQUIRE(spares.count_free() == 5);
  REQUIRE(spares.count_retired() == 2);
  CHECK(spares.retired_at(0).position + spares.retired_at(1).position == 1280 + 1408);
  CHECK(f.take(128) == 0);
  f.spares.purge(0, 1 << 20);
  CHECK(spares.count_free() + spares.count_retired() == 0);
}

TEST_CASE("spares: counts that cannot be are not believed") {
  Fixture f;
  f.spares.add_free({0, 128});
  SpareClass& spares = f.spares.for_size(128);
  spares.free_count.store(UINT32_MAX);
  spares.retired_count.store(UINT32_MAX);
  CHECK(spares.count_free() == kSparesPerClass);
  CHECK(spares.count_retired() == 0);
  f.spares.add_free({128, 128});
  f.spares.add_retired({256, 128});
  f.spares.purge(0, 1024);
  CHECK(spares.count_free() + spares.count_retired() == 0);
}

}  // namespace nitro
