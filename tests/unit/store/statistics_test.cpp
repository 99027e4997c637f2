#include "core/store/statistics.h"

#include "core/store/store.h"

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::TemporaryStore;

TEST_CASE("statistics: a new cache has none, but says how large it is") {
  TemporaryStore cache;
  const Statistics statistics = cache.store().statistics();
  CHECK(statistics.hits == 0);
  CHECK(statistics.sets == 0);
  CHECK(statistics.entries == 0);
  CHECK(statistics.usage == ByteCount{0});
  CHECK(statistics.segment_size == 2_MiB);
  CHECK(statistics.capacity < statistics.segment_size);
  CHECK(statistics.capacity > 1_MiB);
  CHECK(statistics.stripes == 4);
  CHECK(statistics.rows == kRowCount);
  CHECK(statistics.rows_used == 1);
}

TEST_CASE("statistics: hits and misses are counted by find, not by has") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value", cache.in(10)) == PutOutcome::kStored);
  CHECK(cache.get("key") == "value");
  CHECK(cache.get("key") == "value");
  CHECK(cache.get("absent") == std::nullopt);
  CHECK(cache.session().has("key"));
  CHECK_FALSE(cache.session().has("absent"));
  cache.clock().advance(Milliseconds{10});
  CHECK(cache.get("key") == std::nullopt);
  CHECK(cache.store().statistics().hits == 2);
  CHECK(cache.store().statistics().misses == 2);
}

TEST_CASE("statistics: sets and deletes are counted when they happen") {
  TemporaryStore cache;
  const std::size_t largest = cache.store().statistics().largest_value.value;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  REQUIRE(cache.put("key", std::string(largest, 'x')) == PutOutcome::kTooLarge);
  REQUIRE(cache.session().erase("key") == EraseOutcome::kErased);
  REQUIRE(cache.session().erase("key") == EraseOutcome::kAbsent);
  const auto one = Number::of(std::int64_t{1});
  REQUIRE(cache.session().add_to_counter("n", one, {}, kNever).value.integer == 1);
  CHECK(cache.store().statistics().sets == 3);
  CHECK(cache.store().statistics().failed_sets == 1);
  CHECK(cache.store().statistics().deletes == 1);
}

TEST_CASE("statistics: what is overwritten is dead, and never less than nothing") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  CHECK(cache.store().statistics().dead() == ByteCount{0});
  REQUIRE(cache.put("key", "other") == PutOutcome::kStored);
  const Statistics statistics = cache.store().statistics();
  CHECK(statistics.dead() == statistics.usage);

  Statistics of_different_moments;
  of_different_moments.capacity = 1_MiB;
  of_different_moments.usage = 1_MiB;
  of_different_moments.free = 1_KiB;
  CHECK(of_different_moments.dead() == ByteCount{0});
}

TEST_CASE("statistics: usage is what the blocks of the entries take, keys and headers included") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", std::string(100, 'v')) == PutOutcome::kStored);
  REQUIRE(cache.put("", "") == PutOutcome::kStored);
  CHECK(cache.store().statistics().entries == 2);
  CHECK(cache.store().statistics().usage.value == Block::size_for(3, 100) + Block::size_for(0, 0));
  REQUIRE(cache.session().erase("key") == EraseOutcome::kErased);
  CHECK(cache.store().statistics().usage.value == Block::size_for(0, 0));
}

TEST_CASE("statistics: those of the stripes add up to those of the whole") {
  TemporaryStore cache;
  test::flood(cache, 3_MiB, 200, [] {});
  const Statistics statistics = cache.store().statistics();
  StripeStatistics sum;
  for (std::uint32_t i = 0; i < statistics.stripes; ++i) {
    const StripeStatistics stripe = cache.store().statistics_of(i);
    CHECK(stripe.usage <= stripe.reserved);
    CHECK(stripe.reserved <= stripe.ring);
    CHECK(stripe.hand <= stripe.reserved.value);
    sum.entries += stripe.entries;
    sum.usage = sum.usage + stripe.usage;
    sum.reserved = sum.reserved + stripe.reserved;
  }
  CHECK(sum.entries > 0);
  CHECK(sum.entries == statistics.entries);
  CHECK(cache.store().entry_count() == statistics.entries);
  CHECK(sum.usage == statistics.usage);
  CHECK(sum.reserved == statistics.reserved);
}

TEST_CASE("statistics: pinned memory and named locks count for as long as they are held") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  REQUIRE(cache.session().try_pin(*cache.session().find("key")));
  const auto lock = cache.session().lock(7, Milliseconds{1000}, Milliseconds{0});
  REQUIRE(lock.status == LockTable::Status::kTaken);
  CHECK(cache.store().statistics().pinned.value == Block::size_for(3, 5));
  CHECK(cache.store().statistics().named_locks == 1);
  cache.session().drop_pins();
  REQUIRE(cache.session().unlock(lock.ticket));
  CHECK(cache.store().statistics().pinned == ByteCount{0});
  CHECK(cache.store().statistics().named_locks == 0);
}

TEST_CASE("statistics: a peek neither counts nor marks, and finds what find() finds") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value", cache.in(10)) == PutOutcome::kStored);
  const auto entry = cache.session().peek("key");
  REQUIRE(entry);
  CHECK(test::text_in(*entry) == "value");
  CHECK(cache.session().stored_size(*entry).value == Block::size_for(3, 5));
  const auto* value = entry->bytes.data();
  CHECK(reinterpret_cast<const Block*>(value - Block::value_offset(3))->mark.load() == 0);
  cache.session().release();
  CHECK_FALSE(cache.session().peek("absent"));
  cache.clock().advance(Milliseconds{10});
  CHECK_FALSE(cache.session().peek("key"));
  CHECK(cache.store().statistics().hits == 0);
  CHECK(cache.store().statistics().misses == 0);
}

TEST_CASE("statistics: every entry that came has gone or is there") {
  TemporaryStore cache;
  std::uint64_t stored = 0;
  test::flood(cache, 10_MiB, 200, [&] { ++stored; });
  const Statistics statistics = cache.store().statistics();
  CHECK(statistics.sets == stored);
  CHECK(statistics.evictions > 0);
  CHECK(statistics.entries + statistics.evictions == stored);
  CHECK(statistics.usage <= statistics.capacity);
}

TEST_CASE("statistics: those of processes that left are kept") {
  TemporaryStore cache;
  {
    Session other(cache.attach());
    REQUIRE(test::put_text(other, "key", "value") == PutOutcome::kStored);
    REQUIRE(test::get_text(other, "key") == "value");
  }
  CHECK(cache.store().statistics().sets == 1);
  CHECK(cache.store().statistics().hits == 1);
}

TEST_CASE("statistics: waiting for a lock and giving up are counted") {
  StoreOptions options;
  options.lock_timeout = Milliseconds{20};
  TemporaryStore cache(options);
  Session other(cache.shared());
  REQUIRE(StoreInspector::begin_call(other));
  StripeLockWord& lock = cache.stripe_of("key").state().lock;
  REQUIRE(try_lock(lock, StoreInspector::writer(other).owner));
  CHECK(cache.put("key", "value") == PutOutcome::kTimedOut);
  CHECK(cache.put("key", std::string(20'000, 'v')) == PutOutcome::kTimedOut);
  CHECK(cache.session().erase("key") == EraseOutcome::kTimedOut);
  const auto one = Number::of(std::int64_t{1});
  CHECK(cache.session().add_to_counter("key", one, {}, kNever).status ==
        CounterOutcome::Status::kNotStored);
  CHECK(cache.store().statistics().lock_waits == 4);
  CHECK(cache.store().statistics().lock_timeouts == 4);
  CHECK(cache.store().statistics().failed_sets == 3);
  unlock(lock);
  CHECK(cache.put("key", "value") == PutOutcome::kStored);
}

}  // namespace nitro
