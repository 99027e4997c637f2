// What a reader names stays what it is, whatever writers do.
#include <memory>
#include <vector>

#include "core/store/store.h"

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::flood;
using test::put_text;
using test::TemporaryStore;
using test::text_in;
using test::times;

namespace {

constexpr std::uint64_t kLaps = 20;

// Overwrites everything again and again, from another session.
void overwrite_all(TemporaryStore& cache, Session& writer, std::size_t value_size = 300) {
  const std::uint64_t capacity = cache.store().statistics().capacity.value;
  static std::uint64_t number = 0;
  for (std::uint64_t written = 0; written < kLaps * capacity; written += value_size + 40) {
    REQUIRE(put_text(writer, "other-" + std::to_string(++number), std::string(value_size, 'o')) ==
            PutOutcome::kStored);
  }
}

std::string value_of(int number) {
  return "value-" + std::to_string(number) + std::string(500, 'v');
}

std::uint64_t held_bytes(const TemporaryStore& cache) {
  std::uint64_t sum = 0;
  for (const Stripe& stripe : cache.stripes()) {
    sum += stripe.ring().held_bytes();
  }
  return sum;
}

}  // namespace

TEST_CASE("pins: a pinned value stays while everything is overwritten twenty times") {
  TemporaryStore cache;
  Session writer(cache.attach());
  std::vector<Entry> entries;
  for (int i = 0; i < 50; ++i) {
    REQUIRE(cache.put("pinned-" + std::to_string(i), value_of(i)) == PutOutcome::kStored);
    const auto entry = cache.session().find("pinned-" + std::to_string(i));
    REQUIRE(entry.has_value());
    REQUIRE(cache.session().try_pin(*entry));
    entries.push_back(*entry);
  }
  cache.session().release();
  CHECK(cache.session().pin_count() == 50);

  overwrite_all(cache, writer);

  for (int i = 0; i < 50; ++i) {
    CHECK(text_in(entries[static_cast<std::size_t>(i)]) == value_of(i));
  }
  CHECK(cache.findings() == "");
}

TEST_CASE("pins: a pinned value stays when its entry is overwritten, erased or cleared") {
  TemporaryStore cache;
  Session writer(cache.attach());
  for (int way = 0; way < 3; ++way) {
    REQUIRE(cache.put("key", value_of(way)) == PutOutcome::kStored);
    const auto entry = cache.session().find("key");
    REQUIRE(entry.has_value());
    REQUIRE(cache.session().try_pin(*entry));
    cache.session().release();
    if (way == 0) {
      REQUIRE(put_text(writer, "key", "new") == PutOutcome::kStored);
    } else if (way == 1) {
      REQUIRE(writer.erase("key") == EraseOutcome::kErased);
    } else {
      REQUIRE(writer.clear());
    }
    overwrite_all(cache, writer);
    CHECK(text_in(*entry) == value_of(way));
  }
  CHECK(cache.findings() == "");
}

TEST_CASE("pins: a pinned expired value stays") {
  TemporaryStore cache;
  Session writer(cache.attach());
  REQUIRE(cache.put("key", value_of(1), cache.in(10)) == PutOutcome::kStored);
  const auto entry = cache.session().find("key");
  REQUIRE(entry.has_value());
  REQUIRE(cache.session().try_pin(*entry));
  cache.session().release();
  cache.clock().advance(Milliseconds{10});
  overwrite_all(cache, writer);
  CHECK(text_in(*entry) == value_of(1));
}

TEST_CASE("pins: dropped pins give their memory back") {
  TemporaryStore cache;
  Session writer(cache.attach());
  for (int i = 0; i < 50; ++i) {
    const std::string key = "pinned-" + std::to_string(i);
    REQUIRE(cache.put(key, value_of(i)) == PutOutcome::kStored);
    REQUIRE(cache.session().try_pin(*cache.session().find(key)));
    cache.session().release();
    REQUIRE(writer.erase(key) == EraseOutcome::kErased);
  }
  overwrite_all(cache, writer);
  CHECK(held_bytes(cache) >= 50 * 500);

  cache.session().drop_pins();
  CHECK(cache.session().pin_count() == 0);
  overwrite_all(cache, writer);
  CHECK(held_bytes(cache) == 0);
  CHECK(cache.findings() == "");
}

TEST_CASE("pins: a block that was pinned and dropped is reused") {
  TemporaryStore cache;
  Session writer(cache.attach());
  REQUIRE(cache.put("key", value_of(1)) == PutOutcome::kStored);
  const auto entry = cache.session().find("key");
  REQUIRE(cache.session().try_pin(*entry));
  cache.session().release();
  REQUIRE(writer.erase("key") == EraseOutcome::kErased);
  cache.session().drop_pins();
  overwrite_all(cache, writer);
  CHECK(text_in(*entry) != value_of(1));
}

TEST_CASE("hazard: a found value stays until the session is asked for something else") {
  TemporaryStore cache;
  Session writer(cache.attach());
  REQUIRE(cache.put("key", value_of(1)) == PutOutcome::kStored);
  const auto entry = cache.session().find("key");
  REQUIRE(entry.has_value());
  overwrite_all(cache, writer);
  CHECK(text_in(*entry) == value_of(1));
  cache.session().release();
  static_cast<void>(writer.erase("key"));
  overwrite_all(cache, writer);
  CHECK(text_in(*entry) != value_of(1));
}

TEST_CASE("pins: the same value is pinned once however often it is asked for") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  for (int i = 0; i < 1000; ++i) {
    const auto entry = cache.session().find("key");
    REQUIRE(cache.session().try_pin(*entry));
  }
  CHECK(cache.session().pin_count() == 1);
  CHECK(cache.store().statistics().pins == 1);
  cache.session().release();
}

TEST_CASE("pins: there are no more than a row can hold; then values are to be copied") {
  TemporaryStore cache;
  for (std::uint32_t i = 0; i < kMaxPins + 10; ++i) {
    const std::string key = "key-" + std::to_string(i);
    REQUIRE(cache.put(key, "value") == PutOutcome::kStored);
    const auto entry = cache.session().find(key);
    REQUIRE(entry.has_value());
    CHECK(cache.session().try_pin(*entry) == (i < kMaxPins));
    cache.session().release();
  }
  CHECK(cache.session().pin_count() == kMaxPins);
  CHECK(cache.store().statistics().copies == 10);
  // A value that is pinned already can still be had.
  CHECK(cache.session().try_pin(*cache.session().find("key-3")));
  cache.session().drop_pins();
  CHECK(cache.session().try_pin(*cache.session().find("key-3")));
  cache.session().release();
}

TEST_CASE("pins: a quarter of each ring at most") {
  StoreOptions options;
  options.size = 8_MiB;
  TemporaryStore cache(options);
  std::uint64_t pinned = 0;
  for (int i = 0; i < 80; ++i) {
    const std::string key = "key-" + std::to_string(i);
    REQUIRE(cache.put(key, std::string(60'000, 'v')) == PutOutcome::kStored);
    pinned += cache.session().try_pin(*cache.session().find(key)) ? 60'000 : 0;
    cache.session().release();
  }
  CHECK(pinned <= (2_MiB).value);
  CHECK(pinned > (2_MiB).value - 5 * 60'000);
  CHECK(cache.store().statistics().copies > 0);
}

TEST_CASE("pins: many readers may share a value that is nearly a quarter of a ring") {
  TemporaryStore cache;
  const std::string large(cache.stripes()[0].ring().size() / 4 - 100, 'v');
  REQUIRE(cache.put("large", large) == PutOutcome::kStored);
  std::vector<std::unique_ptr<Session>> readers;
  for (int i = 0; i < 10; ++i) {
    readers.push_back(std::make_unique<Session>(cache.attach()));
    const auto entry = readers.back()->find("large");
    REQUIRE(entry.has_value());
    CHECK(readers.back()->try_pin(*entry));
    readers.back()->release();
  }
  const std::uint32_t stripe = cache.stripe_of("large").number();
  const std::string other = test::keys_of_stripe(cache, stripe, 1).front();
  REQUIRE(cache.put(other, std::string(5000, 'o')) == PutOutcome::kStored);
  CHECK_FALSE(cache.session().try_pin(*cache.session().find(other)));
  cache.session().release();

  readers.clear();
  CHECK(cache.session().try_pin(*cache.session().find(other)));
  cache.session().release();
  CHECK(cache.findings() == "");
}

// Readers that never end their requests: when pins hold a quarter of a ring, values are to be
// copied. Here every value is overwritten after it was pinned, so that the pins hold nothing but
// garbage.
TEST_CASE("pins: many readers of garbage together leave room for writers") {
  TemporaryStore cache;
  std::vector<std::unique_ptr<Session>> readers;
  for (int i = 0; i < 10; ++i) {
    readers.push_back(std::make_unique<Session>(cache.attach()));
  }
  const auto keys = test::keys_of_stripe(cache, 0, 20);
  int refused = 0;
  for (int round = 0; round < 400; ++round) {
    for (const auto& reader : readers) {
      const std::string& key = keys[static_cast<std::size_t>(round) % keys.size()];
      refused += cache.put(key, std::string(5000, 'v')) == PutOutcome::kStored ? 0 : 1;
      if (const auto entry = reader->find(key)) {
        static_cast<void>(reader->try_pin(*entry));
      }
      reader->release();
    }
  }
  CHECK(refused == 0);
  CHECK(cache.store().statistics().copies > 0);
  CHECK(cache.findings() == "");
}

// The same with entries that are alive and stay so.
TEST_CASE("pins: many readers of living entries together leave room for writers") {
  constexpr std::size_t kSize = 4000;
  constexpr std::size_t kPinsOfOne = 20;
  TemporaryStore cache;
  const std::size_t count = cache.stripes()[0].ring().size() / Block::size_for(10, kSize);
  const auto keys = test::keys_of_stripe(cache, 0, 3 * count);
  for (std::size_t i = 0; i < count; ++i) {
    REQUIRE(cache.put(keys[i], std::string(kSize, 'v')) == PutOutcome::kStored);
  }
  std::vector<std::unique_ptr<Session>> readers;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % kPinsOfOne == 0) {
      readers.push_back(std::make_unique<Session>(cache.attach()));
    }
    if (const auto entry = readers.back()->find(keys[i])) {
      static_cast<void>(readers.back()->try_pin(*entry));
    }
    readers.back()->release();
  }
  int refused = 0;
  for (std::size_t i = count; i < keys.size(); ++i) {
    refused += cache.put(keys[i], std::string(kSize, 'n')) == PutOutcome::kStored ? 0 : 1;
  }
  CHECK(refused == 0);
  CHECK(cache.findings() == "");
}

TEST_CASE("pins: when all that could make room is pinned, putting fails and works again later") {
  TemporaryStore cache;
  std::vector<std::unique_ptr<Session>> readers;
  const std::string large(cache.store().statistics().largest_value.value / 2, 'v');
  std::vector<std::string> keys = test::keys_of_stripe(cache, 0, 3);
  for (const std::string& key : keys) {
    readers.push_back(std::make_unique<Session>(cache.attach()));
    REQUIRE(cache.put(key, large) == PutOutcome::kStored);
    static_cast<void>(readers.back()->find(key));  // stays named until release
  }
  const std::size_t largest = cache.store().statistics().largest_value.value - 100;
  const std::string key = test::keys_of_stripe(cache, 0, 4).back();
  CHECK(cache.put(key, std::string(largest, 'x')) == PutOutcome::kNoRoom);
  CHECK(cache.store().statistics().failed_sets == 1);
  for (const auto& reader : readers) {
    reader->release();
  }
  CHECK(cache.put(key, std::string(largest, 'x')) == PutOutcome::kStored);
  CHECK(cache.findings() == "");
}

}  // namespace nitro
