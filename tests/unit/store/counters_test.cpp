#include <cmath>
#include <limits>

#include "core/store/store.h"

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::TemporaryStore;
using Status = CounterOutcome::Status;

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

Number whole(std::int64_t value) { return Number::of(value); }

CounterOutcome add(TemporaryStore& cache, Number by, Number initial = {},
                   MonotonicTime deadline = kNever) {
  return cache.session().add_to_counter("n", by, initial, deadline);
}

}  // namespace

TEST_CASE("counters: an absent one starts at the initial number") {
  TemporaryStore cache;
  const CounterOutcome outcome = add(cache, whole(2), whole(40));
  CHECK(outcome.status == Status::kDone);
  CHECK_FALSE(outcome.value.is_float);
  CHECK(outcome.value.integer == 42);
  const auto entry = cache.session().find("n");
  REQUIRE(entry.has_value());
  CHECK(entry->kind == ValueKind::kInteger);
  CHECK(entry->integer() == 42);
  cache.session().release();
}

TEST_CASE("counters: an existing one goes on, in place") {
  TemporaryStore cache;
  REQUIRE(add(cache, whole(1)).status == Status::kDone);
  const std::uint64_t block = cache.session().find("n")->block;
  CHECK(add(cache, whole(5), whole(1000)).value.integer == 6);
  CHECK(add(cache, whole(-10)).value.integer == -4);
  CHECK(cache.session().find("n")->block == block);
  CHECK(cache.session().find("n")->integer() == -4);
  cache.session().release();
}

TEST_CASE("counters: an integer that was put is one") {
  TemporaryStore cache;
  const std::int64_t seven = 7;
  REQUIRE(cache.session().put("n", {ValueKind::kInteger, std::as_bytes(std::span(&seven, 1)), {}},
                              kNever) == PutOutcome::kStored);
  CHECK(add(cache, whole(3)).value.integer == 10);
}

TEST_CASE("counters: a float makes the sum a float, and it stays one") {
  TemporaryStore cache;
  REQUIRE(add(cache, whole(1)).status == Status::kDone);
  const CounterOutcome half = add(cache, Number::of(0.5));
  CHECK(half.status == Status::kDone);
  CHECK(half.value.is_float);
  CHECK(half.value.real == 1.5);
  const CounterOutcome more = add(cache, whole(2));
  CHECK(more.value.is_float);
  CHECK(more.value.real == 3.5);
  const auto entry = cache.session().find("n");
  REQUIRE(entry.has_value());
  CHECK(entry->kind == ValueKind::kFloat);
  CHECK(entry->real() == 3.5);
  cache.session().release();
  CHECK(cache.store().statistics().entries == 1);
  CHECK(cache.findings() == "");
}

TEST_CASE("counters: a float may be where it starts") {
  TemporaryStore cache;
  const CounterOutcome outcome = add(cache, whole(1), Number::of(0.25));
  CHECK(outcome.value.is_float);
  CHECK(outcome.value.real == 1.25);
}

TEST_CASE("counters: a sum beyond 64 bits changes nothing") {
  TemporaryStore cache;
  REQUIRE(add(cache, whole(0), whole(kMost)).value.integer == kMost);
  CHECK(add(cache, whole(1)).status == Status::kOverflow);
  CHECK(cache.session().find("n")->integer() == kMost);
  CHECK(add(cache, whole(kLeast)).value.integer == -1);
  REQUIRE(add(cache, whole(kLeast + 1)).value.integer == kLeast);
  CHECK(add(cache, whole(-1)).status == Status::kOverflow);
  CHECK(cache.session().find("n")->integer() == kLeast);
  cache.session().release();
}

TEST_CASE("counters: an absent one whose first sum overflows is not created") {
  TemporaryStore cache;
  CHECK(add(cache, whole(1), whole(kMost)).status == Status::kOverflow);
  CHECK_FALSE(cache.session().has("n"));
}

TEST_CASE("counters: a float takes what an integer cannot") {
  TemporaryStore cache;
  REQUIRE(add(cache, whole(0), whole(kMost)).status == Status::kDone);
  const CounterOutcome outcome = add(cache, Number::of(1.0));
  CHECK(outcome.status == Status::kDone);
  CHECK(outcome.value.real == 9223372036854775808.0);
}

TEST_CASE("counters: what is no number stays as it is") {
  TemporaryStore cache;
  REQUIRE(cache.put("n", "12") == PutOutcome::kStored);
  CHECK(add(cache, whole(1)).status == Status::kNotANumber);
  CHECK(cache.get("n") == "12");
  REQUIRE(cache.session().put("n", {ValueKind::kTrue, {}, {}}, kNever) == PutOutcome::kStored);
  CHECK(add(cache, whole(1)).status == Status::kNotANumber);
  REQUIRE(cache.session().put("n", {ValueKind::kNull, {}, {}}, kNever) == PutOutcome::kStored);
  CHECK(add(cache, whole(1)).status == Status::kNotANumber);
}

TEST_CASE("counters: the deadline is set when it is created and kept afterwards") {
  TemporaryStore cache;
  const MonotonicTime first = cache.in(1000);
  REQUIRE(add(cache, whole(1), {}, first).status == Status::kDone);
  REQUIRE(add(cache, whole(1), {}, cache.in(5000)).status == Status::kDone);
  CHECK(cache.session().find("n")->deadline == first);
  // Also when it gets a new block.
  REQUIRE(add(cache, Number::of(0.5), {}, kNever).status == Status::kDone);
  CHECK(cache.session().find("n")->deadline == first);
  cache.session().release();
}

TEST_CASE("counters: an expired one starts anew, with a new deadline") {
  TemporaryStore cache;
  REQUIRE(add(cache, whole(100), {}, cache.in(10)).status == Status::kDone);
  cache.clock().advance(Milliseconds{10});
  const MonotonicTime second = cache.in(20);
  CHECK(add(cache, whole(1), whole(5), second).value.integer == 6);
  CHECK(cache.session().find("n")->deadline == second);
  cache.session().release();
  CHECK(cache.store().statistics().entries == 1);
  CHECK(cache.findings() == "");
}

TEST_CASE("counters: an expired value of another kind is in nobody's way") {
  TemporaryStore cache;
  REQUIRE(cache.put("n", "text", cache.in(10)) == PutOutcome::kStored);
  cache.clock().advance(Milliseconds{10});
  CHECK(add(cache, whole(1)).value.integer == 1);
}

TEST_CASE("counters: one that is counted survives a flood, and counts on when it was moved") {
  TemporaryStore cache;
  // Not at the ring's start: there the hand has no room to move to, and jumps over it.
  test::flood(cache, 500_KiB);
  std::int64_t expected = 0;
  test::flood(cache, 10_MiB, 300, [&] {
    ++expected;
    REQUIRE(add(cache, whole(1)).value.integer == expected);
  });
  CHECK(cache.store().statistics().moved_bytes > 0);
}

TEST_CASE("counters: a key too large for a block is not stored") {
  TemporaryStore cache;
  const std::string key(cache.store().statistics().largest_value.value + 1, 'k');
  CHECK(cache.session().add_to_counter(key, whole(1), {}, kNever).status == Status::kNotStored);
}

}  // namespace nitro
