#include "core/store/store.h"

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::TemporaryStore;

TEST_CASE("deadlines: an entry dies at its deadline, to the millisecond") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value", cache.in(1000)) == PutOutcome::kStored);
  cache.clock().advance(Milliseconds{999});
  CHECK(cache.get("key") == "value");
  CHECK(cache.session().has("key"));
  cache.clock().advance(Milliseconds{1});
  CHECK(cache.get("key") == std::nullopt);
  CHECK_FALSE(cache.session().has("key"));
}

TEST_CASE("deadlines: an entry without one lives on") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value", kNever) == PutOutcome::kStored);
  cache.clock().advance(Milliseconds{std::int64_t{1} << 50});
  CHECK(cache.get("key") == "value");
}

TEST_CASE("deadlines: one that the clock cannot reach is kept") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value", MonotonicTime{INT64_MAX}) == PutOutcome::kStored);
  cache.clock().advance(Milliseconds{std::int64_t{1} << 50});
  const auto entry = cache.session().find("key");
  REQUIRE(entry.has_value());
  CHECK(entry->deadline == MonotonicTime{INT64_MAX});
  cache.session().release();
}

TEST_CASE("deadlines: the entry says when it ends") {
  TemporaryStore cache;
  const MonotonicTime deadline = cache.in(77);
  REQUIRE(cache.put("key", "value", deadline) == PutOutcome::kStored);
  CHECK(cache.session().find("key")->deadline == deadline);
  cache.session().release();
}

// A large value's block carries its builder's number where the deadline will be.
TEST_CASE("deadlines: large values have them, too") {
  TemporaryStore cache;
  const std::string value(100'000, 'v');
  REQUIRE(cache.put("mortal", value, cache.in(10)) == PutOutcome::kStored);
  REQUIRE(cache.put("immortal", value) == PutOutcome::kStored);
  CHECK(cache.get("mortal") == value);
  cache.clock().advance(Milliseconds{10});
  CHECK(cache.get("mortal") == std::nullopt);
  CHECK(cache.get("immortal") == value);
}

TEST_CASE("deadlines: overwriting sets a new one, or none") {
  TemporaryStore cache;
  REQUIRE(cache.put("later", "value", cache.in(10)) == PutOutcome::kStored);
  REQUIRE(cache.put("later", "value", cache.in(20)) == PutOutcome::kStored);
  REQUIRE(cache.put("never", "value", cache.in(10)) == PutOutcome::kStored);
  REQUIRE(cache.put("never", "value") == PutOutcome::kStored);
  REQUIRE(cache.put("sooner", "value") == PutOutcome::kStored);
  REQUIRE(cache.put("sooner", "value", cache.in(5)) == PutOutcome::kStored);
  cache.clock().advance(Milliseconds{10});
  CHECK(cache.session().has("later"));
  CHECK(cache.session().has("never"));
  CHECK_FALSE(cache.session().has("sooner"));
  CHECK(cache.findings() == "");
}

TEST_CASE("deadlines: an expired entry cannot be erased, and is gone afterwards") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value", cache.in(10)) == PutOutcome::kStored);
  cache.clock().advance(Milliseconds{10});
  CHECK(cache.session().erase("key") == EraseOutcome::kAbsent);
  CHECK(cache.store().statistics().entries == 0);
  CHECK(cache.store().statistics().expired == 1);
}

TEST_CASE("deadlines: moving an entry to make room keeps its deadline and its bytes") {
  TemporaryStore cache;
  const MonotonicTime deadline = cache.in(1'000'000);
  const std::string value(700, 'v');
  // Not at the ring's start: there the hand has no room to move to, and jumps over it.
  test::flood(cache, 500_KiB);
  REQUIRE(cache.put("key", value, deadline) == PutOutcome::kStored);
  const std::uint64_t block = cache.session().find("key")->block;
  test::flood(cache, 10_MiB, kLargestMove, [&] { static_cast<void>(cache.get("key")); });
  const auto entry = cache.session().find("key");
  REQUIRE(entry.has_value());
  REQUIRE(entry->block != block);
  CHECK(entry->deadline == deadline);
  CHECK(test::text_in(*entry) == value);
  cache.session().release();
}

}  // namespace nitro
