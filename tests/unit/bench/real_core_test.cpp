#include "bench/eviction/real_core.h"

#include <cmath>

#include "bench/eviction/policies.h"
#include "bench/support/random.h"
#include "tests/support/catch.h"

namespace nitro::bench {

namespace {

Trace small_zipf(Tick lifetime) {
  Random random(1);
  const Zipf ranks(20'000, 0.99);
  TraceBuilder trace("a test");
  while (trace.size() < 60'000) {
    trace.add(ranks.draw(random), {0, 500, lifetime, Operation::kGet});
  }
  return trace.finish();
}

double hit_ratio(const std::string& policy, const Trace& trace) {
  const Conditions conditions{trace, 2_MiB, 1, StoreOptions{}.entry_size};
  for (const Policy& each : policies()) {
    if (each.name == policy) {
      return each.run(conditions).count.ratio();
    }
  }
  FAIL("There is no policy " << policy);
  return 0;
}

double distance_to_lru(const std::string& policy, const Trace& trace) {
  return std::abs(hit_ratio(policy, trace) - hit_ratio("lru", trace));
}

}  // namespace

TEST_CASE("real core: the segment with a capacity is the smallest one") {
  const ByteCount entry_size = StoreOptions{}.entry_size;
  const auto segment = segment_with_capacity(3_MiB, entry_size);
  REQUIRE(segment.has_value());
  CoreOptions options;
  options.segment = *segment;
  CHECK(RealCore(options).statistics().capacity >= 3_MiB);
  options.segment = ByteCount{segment->value - 4096};
  CHECK(RealCore(options).statistics().capacity < 3_MiB);
  CHECK_FALSE(segment_with_capacity(1_KiB, entry_size).has_value());
}

// That it is a cache at all: how good a one, the program itself says.
TEST_CASE("real core: hits about as often as an LRU") {
  const Trace trace = small_zipf(kNoTick);
  CHECK(distance_to_lru("core", trace) < 0.05);
  CHECK(distance_to_lru("segment", trace) < 0.08);
}

TEST_CASE("real core: its time goes with the trace") {
  CHECK(distance_to_lru("core", small_zipf(500)) < 0.02);
}

}  // namespace nitro::bench
