// Who goes and who stays when the memory is full.
#include <algorithm>
#include <random>
#include <vector>

#include "core/store/sweep.h"

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::flood;
using test::keys_of_stripe;
using test::TemporaryStore;
using test::times;

namespace {

StoreOptions of_size(ByteCount size) {
  StoreOptions options;
  options.size = size;
  return options;
}

std::uint64_t extents(const TemporaryStore& cache) {
  std::uint64_t sum = 0;
  for (const Stripe& stripe : cache.stripes()) {
    sum += stripe.ring().extent();
  }
  return sum;
}

std::size_t count_of_those_there(TemporaryStore& cache, const std::vector<std::string>& keys) {
  return static_cast<std::size_t>(std::count_if(
      keys.begin(), keys.end(), [&](const auto& key) { return cache.session().has(key); }));
}

}  // namespace

TEST_CASE("room: a ring gets its memory in steps, as it is used, and never more than planned") {
  TemporaryStore cache(of_size(16_MiB));
  const std::uint64_t capacity = cache.store().statistics().capacity.value;
  CHECK(extents(cache) == 0);
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  const std::uint64_t first = cache.stripe_of("key").ring().extent();
  CHECK(first >= (32_KiB).value);
  CHECK(first <= (1_MiB).value);

  std::uint64_t last = extents(cache);
  bool grows_only = true;
  std::uint64_t largest_step = 0;
  flood(cache, 32_MiB, 1000, [&] {
    const std::uint64_t now = extents(cache);
    grows_only = grows_only && now >= last;
    largest_step = std::max(largest_step, now - last);
    last = now;
  });
  CHECK(grows_only);
  CHECK(largest_step <= (1_MiB).value);
  CHECK(last == capacity);
  CHECK(cache.findings() == "");
}

TEST_CASE("room: nothing is evicted before the memory is full") {
  TemporaryStore cache(of_size(8_MiB));
  flood(cache, 6_MiB);
  CHECK(cache.store().statistics().evictions == 0);
}

TEST_CASE("room: a flood is always stored, and the newest entries are there") {
  TemporaryStore cache;
  std::vector<std::string> keys;
  for (int i = 0; i < 40'000; ++i) {
    keys.push_back("key-" + std::to_string(i));
    REQUIRE(cache.put(keys.back(), std::string(200, 'v')) == PutOutcome::kStored);
  }
  CHECK(cache.store().statistics().evictions > 0);
  CHECK(count_of_those_there(cache, {keys.end() - 300, keys.end()}) == 300);
  CHECK(cache.findings() == "");
}

TEST_CASE("room: a hot set that is read now and then survives five times the memory of cold keys") {
  const ByteCount size = GENERATE(2_MiB, 16_MiB);
  const std::size_t value_size = GENERATE(30, 300, 5000);
  CAPTURE(size.value, value_size);
  TemporaryStore cache(of_size(size));
  std::vector<std::string> hot;
  for (int i = 0; i < 100; ++i) {
    hot.push_back("hot-" + std::to_string(i));
    REQUIRE(cache.put(hot.back(), "warm value") == PutOutcome::kStored);
  }
  const std::uint64_t reads_every = size.value / value_size / 20;
  std::uint64_t stored = 0;
  flood(cache, times(5, size), value_size, [&] {
    if (++stored % reads_every == 0) {
      for (const std::string& key : hot) {
        static_cast<void>(cache.get(key));
      }
    }
  });
  CHECK(count_of_those_there(cache, hot) == 100);
  CHECK(cache.store().statistics().evictions > 0);
  CHECK(cache.findings() == "");
}

TEST_CASE("room: entries that nobody reads go in the order in which they came") {
  TemporaryStore cache;
  const auto keys = keys_of_stripe(cache, 0, 8000);
  std::size_t next = 0;
  const auto put_next = [&] {
    REQUIRE(cache.put(keys.at(next++), std::string(300, 'v')) == PutOutcome::kStored);
  };
  while (cache.store().statistics().evictions == 0) {
    put_next();
  }
  const std::ptrdiff_t when_full = static_cast<std::ptrdiff_t>(next);
  while (next < keys.size()) {
    put_next();
  }
  const auto is_there = [&](const std::string& key) { return cache.session().has(key); };
  const auto latest_gone = std::find_if_not(keys.rbegin(), keys.rend(), is_there).base();
  CHECK(keys.end() - latest_gone > 50);
  REQUIRE(latest_gone - keys.begin() > when_full);
  // One of some thousands is taken for another one that has come back.
  CHECK(std::count_if(keys.begin() + when_full, latest_gone, is_there) < 10);
}

TEST_CASE("room: what was read stays for a lap, whether the hand moves it or jumps over it") {
  const std::size_t size = GENERATE(300, 10'000, 30'000, 40'000, 200'000);
  CAPTURE(size);
  TemporaryStore cache(of_size(8_MiB));
  const auto keys = keys_of_stripe(cache, 0, 9000);
  std::size_t next = 0;
  const auto put_next = [&](std::size_t value_size) {
    REQUIRE(cache.put(keys.at(next++), std::string(value_size, 'v')) == PutOutcome::kStored);
  };
  // In the middle of the ring, between others.
  while (next < 1000) {
    put_next(300);
  }
  const std::string& read = keys[next];
  put_next(size);
  const std::string& later = keys[next];
  while (cache.store().statistics().evictions == 0) {
    put_next(300);
  }
  REQUIRE(cache.get(read).has_value());
  // Large ones, which are not on probation: so the main queue's hand goes round.
  while (cache.session().has(later)) {
    put_next(kLargestMove + 1);
  }
  CHECK(cache.session().has(read));
}

// The four-fifths rule: then there is no shortage, only garbage.
TEST_CASE("room: a small live set that is overwritten without end loses nobody") {
  const std::size_t value_size = GENERATE(40, 400, 20'000);
  CAPTURE(value_size);
  StoreOptions options = of_size(4_MiB);
  options.entry_size = ByteCount{64};
  TemporaryStore cache(options);
  const std::uint64_t ring = cache.stripes()[0].ring().size();
  const auto keys = keys_of_stripe(cache, 0, ring / 2 / (value_size + 50));
  std::mt19937_64 random(7);
  for (const std::string& key : keys) {
    REQUIRE(cache.put(key, std::string(value_size, 'a')) == PutOutcome::kStored);
  }
  for (std::uint64_t written = 0; written < 20 * ring; written += value_size + 50) {
    REQUIRE(cache.put(keys[random() % keys.size()], std::string(value_size, 'b')) ==
            PutOutcome::kStored);
  }
  CHECK(cache.store().statistics().evictions == 0);
  CHECK(count_of_those_there(cache, keys) == keys.size());
  CHECK(cache.findings() == "");
}

TEST_CASE("room: a live set of which a part is never touched again loses nobody to garbage") {
  const std::size_t value_size = GENERATE(300, 12'000, 40'000);
  CAPTURE(value_size);
  TemporaryStore cache(of_size(4_MiB));
  const std::uint64_t ring = cache.stripes()[0].ring().size();
  auto idle = keys_of_stripe(cache, 0, ring / 2 / (value_size + 50) + 50);
  const std::vector<std::string> busy(idle.end() - 50, idle.end());
  idle.resize(idle.size() - 50);
  for (const std::string& key : idle) {
    REQUIRE(cache.put(key, std::string(value_size, 'i')) == PutOutcome::kStored);
  }
  for (std::uint64_t i = 0; i < 20 * ring / 350; ++i) {
    REQUIRE(cache.put(busy[i % busy.size()], std::string(300, 'b')) == PutOutcome::kStored);
  }
  CHECK(count_of_those_there(cache, idle) == idle.size());
  CHECK(cache.store().statistics().evictions == 0);
  CHECK(cache.findings() == "");
}

TEST_CASE("room: erased and expired entries make room before living ones") {
  TemporaryStore cache(of_size(4_MiB));
  const std::uint64_t capacity = cache.store().statistics().capacity.value;
  std::vector<std::string> living;
  std::vector<std::string> erased;
  const std::uint64_t block = Block::size_for(12, 300);
  for (std::uint64_t used = 0; used < capacity * 6 / 10; used += 3 * block) {
    const std::string number = std::to_string(used);
    living.push_back("living-" + number);
    REQUIRE(cache.put(living.back(), std::string(300, 'l')) == PutOutcome::kStored);
    REQUIRE(cache.put("erased-" + number, std::string(300, 'e')) == PutOutcome::kStored);
    REQUIRE(cache.put("dying-" + number, std::string(300, 'd'), cache.in(10)) ==
            PutOutcome::kStored);
    erased.push_back("erased-" + number);
  }
  for (const std::string& key : erased) {
    REQUIRE(cache.session().erase(key) == EraseOutcome::kErased);
  }
  cache.clock().advance(Milliseconds{10});
  // More than would fit besides them, too large for what any one of them leaves behind.
  const std::string fresh(1500, 'n');
  for (std::uint64_t written = 0; written < capacity * 45 / 100; written += fresh.size()) {
    REQUIRE(cache.put("new-" + std::to_string(written), fresh) == PutOutcome::kStored);
  }
  CHECK(count_of_those_there(cache, living) == living.size());
  CHECK(cache.store().statistics().evictions == 0);
  CHECK(cache.store().statistics().expired > 0);
  CHECK(cache.findings() == "");
}

TEST_CASE("room: when both buckets of a key are full, one of their entries goes") {
  StoreOptions options = of_size(4_MiB);
  options.entry_size = 16_KiB;  // few slots
  TemporaryStore cache(options);
  std::vector<std::string> keys;
  for (int i = 0; i < 5000; ++i) {
    keys.push_back("key-" + std::to_string(i));
    REQUIRE(cache.put(keys.back(), "value") == PutOutcome::kStored);
    REQUIRE(cache.get(keys.back()) == "value");
  }
  const Statistics statistics = cache.store().statistics();
  CHECK(statistics.evictions_full_bucket > 0);
  CHECK(statistics.evictions == statistics.evictions_full_bucket);
  CHECK(statistics.entries == count_of_those_there(cache, keys));
  CHECK(statistics.entries + statistics.evictions == keys.size());
  CHECK(cache.findings() == "");
}

TEST_CASE("room: in full buckets expired entries go first, and do not count as evicted") {
  StoreOptions options = of_size(4_MiB);
  options.entry_size = 16_KiB;
  TemporaryStore cache(options);
  for (int i = 0; i < 5000; ++i) {
    REQUIRE(cache.put("dying-" + std::to_string(i), "value", cache.in(10)) == PutOutcome::kStored);
  }
  const std::uint64_t evictions = cache.store().statistics().evictions;
  cache.clock().advance(Milliseconds{10});
  std::vector<std::string> keys;
  for (int i = 0; i < 100; ++i) {
    keys.push_back("key-" + std::to_string(i));
    REQUIRE(cache.put(keys.back(), "value") == PutOutcome::kStored);
  }
  CHECK(count_of_those_there(cache, keys) == keys.size());
  CHECK(cache.store().statistics().evictions == evictions);
  CHECK(cache.store().statistics().expired > 0);
  CHECK(cache.findings() == "");
}

TEST_CASE("room: in full buckets an entry that was read outlives those that were not") {
  StoreOptions options = of_size(4_MiB);
  options.entry_size = 16_KiB;
  TemporaryStore cache(options);
  REQUIRE(cache.put("hot", "value") == PutOutcome::kStored);
  for (int i = 0; i < 5000; ++i) {
    REQUIRE(cache.get("hot") == "value");
    REQUIRE(cache.put("key-" + std::to_string(i), "value") == PutOutcome::kStored);
  }
  CHECK(cache.get("hot") == "value");
}

TEST_CASE("room: the largest value can be stored, one byte more can never be") {
  TemporaryStore cache;
  const std::size_t largest = cache.store().statistics().largest_value.value;
  CHECK(cache.put("", std::string(largest, 'x')) == PutOutcome::kStored);
  CHECK(cache.get("") == std::string(largest, 'x'));
  CHECK(cache.put("", std::string(largest + 1, 'x')) == PutOutcome::kTooLarge);
  CHECK(cache.get("") == std::string(largest, 'x'));
  CHECK(cache.findings() == "");
}

TEST_CASE("room: the largest value of a small cache in which all is cold can be stored") {
  TemporaryStore cache(of_size(GENERATE(1_MiB, 2_MiB, 5_MiB)));
  flood(cache, 20_MiB);
  const std::size_t largest = cache.store().statistics().largest_value.value - 16;
  for (int i = 0; i < 50; ++i) {
    REQUIRE(cache.put("large-" + std::to_string(i), std::string(largest, 'x')) ==
            PutOutcome::kStored);
  }
  CHECK(cache.findings() == "");
}

// Half the ring is promised, hot or cold, wherever the hand stands.
TEST_CASE("room: the largest value can be stored when all is hot, wherever the hand stands") {
  const std::size_t value_size = GENERATE(280, 5000, 60'000);
  CAPTURE(value_size);
  TemporaryStore cache(of_size(4_MiB));
  const Ring& ring = cache.stripes()[0].ring();
  const std::size_t largest = cache.store().statistics().largest_value.value - 16;
  const auto keys = keys_of_stripe(cache, 0, ring.size() / value_size);
  std::mt19937_64 random(11);
  std::size_t next = 0;
  const auto put_next = [&](std::size_t size) {
    return cache.put(keys[next++ % keys.size()], std::string(size, 'v'));
  };
  for (int round = 0; round < 100; ++round) {
    // More than a lap, so that no large value is left.
    for (std::size_t i = keys.size() + random() % keys.size(); i > 0; --i) {
      REQUIRE(put_next(value_size) == PutOutcome::kStored);
    }
    for (const std::string& key : keys) {
      static_cast<void>(cache.get(key));
    }
    CAPTURE(round, ring.hand(Queue::kMain), ring.extent());
    REQUIRE(put_next(largest) == PutOutcome::kStored);
  }
  CHECK(cache.findings() == "");
}

TEST_CASE("room: a large value does not clear away more than it needs and a little") {
  TemporaryStore cache(of_size(8_MiB));
  const auto keys = keys_of_stripe(cache, 0, 10'000);
  for (const std::string& key : keys) {
    REQUIRE(cache.put(key, std::string(300, 'v')) == PutOutcome::kStored);
  }
  const std::uint64_t before = cache.stripe_of(keys[0]).state().live_bytes;
  const std::size_t size = 200'000;
  REQUIRE(cache.put(keys[0], std::string(size, 'x')) == PutOutcome::kStored);
  const std::uint64_t after = cache.stripe_of(keys[0]).state().live_bytes;
  CHECK(after + 2 * (64_KiB).value + (32_KiB).value >= before);
}

TEST_CASE("room: after clear() there is as much room as in a new cache") {
  TemporaryStore cache(of_size(4_MiB));
  const auto fill = [&] {
    flood(cache, 8_MiB, 1000);
    return cache.store().entry_count();
  };
  const std::uint64_t usual = fill();
  const bool is_held = GENERATE(false, true);
  if (is_held) {
    REQUIRE(cache.put("held", "value") == PutOutcome::kStored);
    REQUIRE(cache.session().try_pin(*cache.session().find("held")));
    cache.session().release();
  }
  REQUIRE(cache.session().clear());
  const Statistics statistics = cache.store().statistics();
  CHECK(statistics.usage.value == 0);
  CHECK((statistics.dead().value > 0) == is_held);
  CHECK(fill() >= usual * 98 / 100);
}

}  // namespace nitro
