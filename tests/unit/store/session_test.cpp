#include <cstring>
#include <memory>
#include <vector>

#include "core/store/store.h"

#include "tests/support/catch.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::get_text;
using test::put_text;
using test::TemporaryStore;
using test::text_in;
using test::text_value;

TEST_CASE("session: a value comes back as it was stored") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  const auto entry = cache.session().find("key");
  REQUIRE(entry.has_value());
  CHECK(entry->kind == ValueKind::kShortString);
  CHECK(text_in(*entry) == "value");
  CHECK(entry->deadline == kNever);
  CHECK(reinterpret_cast<std::uintptr_t>(entry->bytes.data()) % 8 == 0);
  cache.session().release();
}

TEST_CASE("session: every kind comes back, with or without bytes") {
  TemporaryStore cache;
  const std::string eight = "8 bytes!";
  for (int kind = 0; kind <= static_cast<int>(ValueKind::kRateLimit); ++kind) {
    const bool has_bytes = kind > 2;
    const Value value{static_cast<ValueKind>(kind),
                      std::as_bytes(std::span(eight.data(), has_bytes ? 8 : 0)),
                      {}};
    const std::string key = "kind-" + std::to_string(kind);
    REQUIRE(cache.session().put(key, value, kNever) == PutOutcome::kStored);
    const auto entry = cache.session().find(key);
    REQUIRE(entry.has_value());
    CHECK(static_cast<int>(entry->kind) == kind);
    CHECK(text_in(*entry) == (has_bytes ? eight : ""));
  }
  cache.session().release();
}

TEST_CASE("session: a writer writes into the block, small or large") {
  TemporaryStore cache;
  for (const std::size_t size : {16, 100'000}) {
    const ValueWriter writer{[](const void*, std::span<std::byte> at, std::uint64_t home) noexcept {
                               std::memset(at.data(), 'w', at.size());
                               std::memcpy(at.data(), &home, sizeof(home));
                               return true;
                             },
                             nullptr, size};
    REQUIRE(cache.session().put("key", {ValueKind::kShortString, {}, writer}, kNever) ==
            PutOutcome::kStored);

    const auto entry = cache.session().find("key");
    REQUIRE(entry.has_value());
    REQUIRE(entry->bytes.size() == size);
    std::uint64_t home = 0;
    std::memcpy(&home, entry->bytes.data(), sizeof(home));
    CHECK(home == cache.session().home_of(*entry));
    CHECK(text_in(*entry).substr(8) == std::string(size - 8, 'w'));
    cache.session().release();
  }
}

TEST_CASE("session: when a writer gives up, what was there stays") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "old") == PutOutcome::kStored);
  for (const std::size_t size : {16, 100'000}) {
    const ValueWriter writer{[](const void*, std::span<std::byte> at, std::uint64_t) noexcept {
                               std::memset(at.data(), 0xee, at.size());
                               return false;
                             },
                             nullptr, size};
    CHECK(cache.session().put("key", {ValueKind::kShortString, {}, writer}, kNever) ==
          PutOutcome::kNotWritten);
    CHECK(cache.get("key") == "old");
    CHECK(cache.findings() == "");
  }
  REQUIRE(cache.put("other", std::string(100'000, 'o')) == PutOutcome::kStored);
  CHECK(cache.get("other") == std::string(100'000, 'o'));
  CHECK(cache.findings() == "");
}

TEST_CASE("session: what is not there is not found") {
  TemporaryStore cache;
  CHECK_FALSE(cache.session().find("key").has_value());
  CHECK_FALSE(cache.session().has("key"));
  CHECK(cache.session().erase("key") == EraseOutcome::kAbsent);
}

TEST_CASE("session: overwriting replaces the value, its kind and its size") {
  TemporaryStore cache;
  for (const std::size_t size : {5, 500, 50'000, 0, 7}) {
    REQUIRE(cache.put("key", std::string(size, 'v')) == PutOutcome::kStored);
    CHECK(cache.get("key") == std::string(size, 'v'));
  }
  CHECK(cache.store().statistics().entries == 1);
  CHECK(cache.store().statistics().usage.value == Block::size_for(3, 7));
  CHECK(cache.findings() == "");
}

TEST_CASE("session: an erased entry is gone, and can be erased once") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  CHECK(cache.session().erase("key") == EraseOutcome::kErased);
  CHECK(cache.get("key") == std::nullopt);
  CHECK(cache.session().erase("key") == EraseOutcome::kAbsent);
  CHECK(cache.store().statistics().entries == 0);
}

TEST_CASE("session: keys may be empty, long, and hold any byte") {
  TemporaryStore cache;
  std::string all_bytes;
  for (int i = 0; i < 256; ++i) {
    all_bytes += static_cast<char>(i);
  }
  const std::vector<std::string> keys = {"",
                                         std::string(1, '\0'),
                                         std::string(2, '\0'),
                                         std::string("a\0b", 3),
                                         "a",
                                         std::string("a\0", 2),
                                         all_bytes,
                                         std::string(65'536, 'k')};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    REQUIRE(cache.put(keys[i], "value-" + std::to_string(i)) == PutOutcome::kStored);
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    CHECK(cache.get(keys[i]) == "value-" + std::to_string(i));
  }
  cache.move_elsewhere();
  for (const std::string& key : keys) {
    CHECK(cache.session().erase(key) == EraseOutcome::kErased);
  }
  CHECK(cache.store().statistics().usage == ByteCount{0});
}

TEST_CASE("session: values may hold any byte") {
  TemporaryStore cache;
  const std::string value("\0\xff\0value\0", 9);
  REQUIRE(cache.put("key", value) == PutOutcome::kStored);
  CHECK(cache.get("key") == value);
}

TEST_CASE("session: keys that differ in their last byte only are different keys") {
  TemporaryStore cache;
  const std::string stem(1000, 'k');
  for (char c = 'a'; c <= 'z'; ++c) {
    REQUIRE(cache.put(stem + c, std::string(1, c)) == PutOutcome::kStored);
  }
  for (char c = 'a'; c <= 'z'; ++c) {
    CHECK(cache.get(stem + c) == std::string(1, c));
  }
}

TEST_CASE("session: large values come back whole, at each size around the limits") {
  TemporaryStore cache;
  const std::size_t largest = cache.store().statistics().largest_value.value;
  // 8 KiB: filled outside the lock from there on. 32 KiB: not moved any more. 64 KiB: a stretch.
  for (const std::size_t around :
       {std::size_t{8} << 10, std::size_t{32} << 10, std::size_t{64} << 10, largest - 40}) {
    for (std::size_t size = around - 40; size <= around + 40; size += 8) {
      if (Block::size_for(3, size) > cache.stripes()[0].largest_block()) {
        continue;
      }
      std::string value(size, 'v');
      std::memcpy(value.data() + size - sizeof(size), &size, sizeof(size));
      REQUIRE(cache.put("key", value) == PutOutcome::kStored);
      REQUIRE(cache.get("key") == value);
    }
  }
  CHECK(cache.findings() == "");
}

TEST_CASE("session: a value too large is refused, and the old one stays whole") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "old") == PutOutcome::kStored);
  const std::size_t largest = cache.store().statistics().largest_value.value;
  CHECK(cache.put("key", std::string(largest + 1, 'x')) == PutOutcome::kTooLarge);
  CHECK(cache.put(std::string(largest + 1, 'k'), "") == PutOutcome::kTooLarge);
  CHECK(cache.get("key") == "old");
  CHECK(cache.store().statistics().failed_sets == 2);
}

TEST_CASE("session: the block of an entry tells whether its bytes are still the same") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  const std::uint64_t first = cache.session().find("key")->block;
  CHECK(cache.session().find("key")->block == first);
  REQUIRE(cache.put("key", "value") == PutOutcome::kStored);
  CHECK(cache.session().find("key")->block != first);
  cache.session().release();
}

TEST_CASE("session: a value may be stored from the bytes of another entry") {
  TemporaryStore cache;
  REQUIRE(cache.put("from", std::string(5000, 'v')) == PutOutcome::kStored);
  for (int i = 0; i < 2000; ++i) {
    const auto entry = cache.session().find("from");
    REQUIRE(entry.has_value());
    REQUIRE(cache.put("to-" + std::to_string(i), text_in(*entry)) == PutOutcome::kStored);
    REQUIRE(cache.get("to-" + std::to_string(i)) == std::string(5000, 'v'));
  }
}

TEST_CASE("session: a deadline that has passed stores nothing and removes what was there") {
  TemporaryStore cache;
  REQUIRE(cache.put("key", "old") == PutOutcome::kStored);
  CHECK(cache.put("key", "new", cache.clock().now()) == PutOutcome::kStored);
  CHECK_FALSE(cache.session().has("key"));
  CHECK(cache.store().statistics().entries == 0);
  CHECK(cache.put("other", "new", cache.in(-5000)) == PutOutcome::kStored);
  CHECK_FALSE(cache.session().has("other"));
}

// --- the process table is full

namespace {
// So many sessions that only guest rows are left.
struct FullTable {
  FullTable() {
    // The cache has a session of its own.
    while (sessions.size() + 1 < kRowCount - kGuestRows) {
      sessions.push_back(std::make_unique<Session>(stores[sessions.size() % stores.size()]));
    }
  }
  TemporaryStore cache;
  std::vector<std::shared_ptr<Store>> stores{cache.attach(), cache.attach(), cache.attach()};
  std::vector<std::unique_ptr<Session>> sessions;
};
}  // namespace

TEST_CASE("guest: a session without a row borrows one for each call") {
  FullTable full;
  Session guest(full.cache.attach());
  CHECK(full.cache.store().statistics().rows_used == kRowCount - kGuestRows);
  CHECK(put_text(guest, "key", "value") == PutOutcome::kStored);
  CHECK(get_text(guest, "key") == "value");
  CHECK(guest.has("key"));
  CHECK(guest.add_to_counter("n", Number::of(std::int64_t{2}), Number::of(std::int64_t{5}), kNever)
            .value.integer == 7);
  CHECK(guest.erase("key") == EraseOutcome::kErased);
  CHECK(guest.clear());
  CHECK(full.cache.store().statistics().guest_calls == 6);
  CHECK(full.cache.store().statistics().rows_used == kRowCount - kGuestRows);
}

TEST_CASE("guest: values are not pinned, and the row is kept until release") {
  FullTable full;
  REQUIRE(full.cache.put("key", "value") == PutOutcome::kStored);
  Session guest(full.cache.attach());
  const auto entry = guest.find("key");
  REQUIRE(entry.has_value());
  CHECK(full.cache.store().statistics().rows_used == kRowCount - kGuestRows + 1);
  CHECK_FALSE(guest.try_pin(*entry));
  CHECK(text_in(*entry) == "value");
  guest.release();
  CHECK(full.cache.store().statistics().rows_used == kRowCount - kGuestRows);
}

TEST_CASE("guest: when no guest row is left, reading misses and writing says why") {
  FullTable full;
  REQUIRE(full.cache.put("key", "value") == PutOutcome::kStored);
  std::vector<std::unique_ptr<Session>> guests;
  for (std::uint32_t i = 0; i < kGuestRows; ++i) {
    guests.push_back(std::make_unique<Session>(full.cache.attach()));
    REQUIRE(guests.back()->find("key").has_value());
  }
  Session refused(full.cache.attach());
  CHECK_FALSE(refused.find("key").has_value());
  CHECK_FALSE(refused.has("key"));
  CHECK(put_text(refused, "key", "new") == PutOutcome::kNoRow);
  CHECK(refused.erase("key") == EraseOutcome::kNoRow);
  CHECK(refused.add_to_counter("n", Number::of(std::int64_t{1}), {}, kNever).status ==
        CounterOutcome::Status::kNotStored);
  CHECK_FALSE(refused.clear());
  CHECK(full.cache.store().statistics().refused_calls == 6);
  guests.pop_back();
  CHECK(refused.find("key").has_value());
}

TEST_CASE("guest: a row that becomes free is taken within a second") {
  FullTable full;
  Session guest(full.cache.attach());
  full.sessions.pop_back();
  CHECK_FALSE(guest.has("key"));
  CHECK(full.cache.store().statistics().guest_calls == 1);
  full.cache.clock().advance(Milliseconds{1000});
  CHECK_FALSE(guest.has("key"));
  CHECK(full.cache.store().statistics().guest_calls == 1);
  CHECK(full.cache.store().statistics().rows_used == kRowCount - kGuestRows);
}

TEST_CASE("session: it gives its row back") {
  TemporaryStore cache;
  const std::uint32_t before = cache.store().statistics().rows_used;
  {
    Session other(cache.shared());
    CHECK(cache.store().statistics().rows_used == before + 1);
    CHECK(cache.store().attached_rows() == before + 1);
  }
  CHECK(cache.store().statistics().rows_used == before);
}

TEST_CASE("session: release and drop_pins are harmless when nothing is held") {
  TemporaryStore cache;
  cache.session().release();
  cache.session().drop_pins();
  CHECK(cache.session().pin_count() == 0);
}

}  // namespace nitro
