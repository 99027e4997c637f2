// Which queue an entry comes into, and how the border between them moves.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/flood.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::flood;
using test::keys_of_stripe;
using test::TemporaryStore;
using test::times;

namespace {

constexpr std::size_t kValueSize = 300;

StoreOptions of_size(ByteCount size) {
  StoreOptions options;
  options.size = size;
  return options;
}

// One stripe of a cache whose memory is full of keys that were stored once.
struct FullStripe {
  FullStripe() {
    while (ring().may_grow() || cache.store().statistics().evictions == 0) {
      put_new();
    }
  }

  [[nodiscard]] const Ring& ring() const { return cache.stripes()[0].ring(); }
  [[nodiscard]] std::uint64_t probation() const { return ring().size_of(Queue::kProbation); }
  // Gives the key.
  const std::string& put_new(std::size_t value_size = kValueSize) {
    const std::string& key = keys.at(next++);
    REQUIRE(cache.put(key, std::string(value_size, 'v')) == PutOutcome::kStored);
    return key;
  }
  void put_new_bytes(std::uint64_t bytes) {
    for (std::uint64_t stored = 0; stored < bytes; stored += Block::size_for(8, kValueSize)) {
      put_new();
    }
  }
  // Until what was in probation is gone, or has gone on.
  void go_round_probation() { put_new_bytes(2 * probation() + ring().size() / 8); }

  TemporaryStore cache{of_size(4_MiB)};
  std::vector<std::string> keys = keys_of_stripe(cache, 0, 60'000);
  std::size_t next = 0;
};

bool get_or_put(TemporaryStore& cache, const std::string& key) {
  if (cache.get(key)) {
    return true;
  }
  REQUIRE(cache.put(key, std::string(kValueSize, 'v')) == PutOutcome::kStored);
  return false;
}

}  // namespace

TEST_CASE("admission: until the memory is full there is no probation") {
  TemporaryStore cache(of_size(4_MiB));
  flood(cache, 2_MiB);
  CHECK(cache.store().statistics().probation == ByteCount{0});
}

TEST_CASE("admission: keys that come once pass through a tenth, and drive out nobody else") {
  FullStripe f;
  f.put_new_bytes(10 * f.ring().size());
  CHECK(f.probation() >= f.ring().size() / 11);
  CHECK(f.probation() <= f.ring().size() / 9);
  // Those that were there first are: what probation was made from is all that had to go.
  const auto are_there = std::count_if(f.keys.begin(), f.keys.begin() + 4000,
                                       [&](const auto& key) { return f.cache.session().has(key); });
  const std::uint64_t main = f.ring().size_of(Queue::kMain) / Block::size_for(8, kValueSize);
  CHECK(static_cast<std::uint64_t>(are_there) >= main * 8 / 10);
  CHECK(f.cache.findings() == "");
}

TEST_CASE("admission: what is read on probation goes on to the main queue") {
  FullStripe f;
  const std::string read = f.put_new();
  const std::string unread = f.put_new();
  const std::string asked_for = f.put_new();
  REQUIRE(f.cache.get(read).has_value());
  REQUIRE(f.cache.session().has(asked_for));
  f.go_round_probation();
  CHECK(f.cache.get(read).has_value());
  CHECK_FALSE(f.cache.get(unread).has_value());
  CHECK_FALSE(f.cache.get(asked_for).has_value());
}

TEST_CASE("admission: so does what is stored again, touched or counted up there") {
  FullStripe f;
  const std::string stored = f.put_new();
  const std::string touched = f.put_new();
  const std::string counted = f.keys.at(f.next++);
  using Status = CounterOutcome::Status;
  const auto count = [&] {
    return f.cache.session()
        .add_to_counter(counted, Number::of(std::int64_t{1}), Number::of(std::int64_t{0}), kNever)
        .status;
  };
  REQUIRE(count() == Status::kDone);
  REQUIRE(f.cache.put(stored, std::string(kValueSize, 'w')) == PutOutcome::kStored);
  REQUIRE(f.cache.session().touch(touched, kNever) == TouchOutcome::kTouched);
  REQUIRE(count() == Status::kDone);
  f.go_round_probation();
  CHECK(f.cache.session().has(stored));
  CHECK(f.cache.session().has(touched));
  CHECK(f.cache.session().has(counted));
}

TEST_CASE("admission: a key that comes back after it was evicted stays, though nobody reads it") {
  FullStripe f;
  const std::string key = f.put_new();
  // The latest of its bucket that had to go, or one of the last four.
  while (f.cache.session().has(key)) {
    f.put_new();
  }
  REQUIRE(f.cache.put(key, std::string(kValueSize, 'v')) == PutOutcome::kStored);
  f.go_round_probation();
  CHECK(f.cache.session().has(key));
}

TEST_CASE("admission: what came before the memory was full is new when it comes back") {
  FullStripe f;
  const auto gone = std::find_if_not(f.keys.begin(), f.keys.end(),
                                     [&](const auto& key) { return f.cache.session().has(key); });
  REQUIRE(static_cast<std::size_t>(gone - f.keys.begin()) < f.next);
  REQUIRE(f.cache.put(*gone, std::string(kValueSize, 'v')) == PutOutcome::kStored);
  CHECK(f.ring().state().wanted_border == 0);
  f.go_round_probation();
  CHECK_FALSE(f.cache.session().has(*gone));
}

TEST_CASE("admission: the border moves by what the other queue evicts to each byte of the own") {
  FullStripe f;
  f.go_round_probation();
  auto& wanted = f.ring().state().wanted_border;
  const auto evicts = [&](Queue queue, std::uint64_t bytes) {
    f.ring().state_of(queue).evicted_bytes = bytes;
  };
  std::string key;
  // Not each of them is its bucket's latest.
  for (int i = 0; i < 100 && wanted == 0; ++i) {
    key = f.put_new();
    while (f.cache.session().has(key)) {
      f.put_new();
    }
    // A new key may have moved it, whose hash is that of one that went.
    wanted = 0;
    evicts(Queue::kProbation, 200'000);
    evicts(Queue::kMain, 300'000);
    REQUIRE(f.cache.put(key, std::string(kValueSize, 'v')) == PutOutcome::kStored);
  }
  const std::uint64_t size = Block::size_for(key.size(), kValueSize);
  const std::uint64_t step = wanted - f.ring().size() / 10;
  CHECK(step >= size * 3 / 2 - 1);
  CHECK(step <= size * 3 / 2);
}

TEST_CASE("admission: what is too large to be moved is not on probation") {
  FullStripe f;
  const std::string large = f.put_new(kLargestMove + 1);
  f.go_round_probation();
  CHECK(f.cache.session().has(large));
}

TEST_CASE("admission: where the same keys come back soon after they had to go, probation grows") {
  FullStripe f;
  // More of them than a tenth of the memory holds, less than all of it, nobody read in between.
  const std::size_t many = f.ring().size() / 3 / Block::size_for(8, kValueSize);
  const std::vector<std::string> set(f.keys.end() - static_cast<std::ptrdiff_t>(many),
                                     f.keys.end());
  const std::uint64_t before = f.probation();
  std::size_t hits = 0;
  for (int round = 0; round < 20; ++round) {
    hits = 0;
    for (const std::string& key : set) {
      hits += get_or_put(f.cache, key) ? 1 : 0;
    }
  }
  CHECK(hits == set.size());
  CHECK(before <= f.ring().size() / 9);
  CHECK(f.cache.findings() == "");
}

TEST_CASE("admission: a new working set drives out one that nobody reads any more") {
  TemporaryStore cache(of_size(4_MiB));
  std::vector<std::string> old;
  for (int i = 0; i < 100; ++i) {
    old.push_back("old-" + std::to_string(i));
    REQUIRE(cache.put(old.back(), "value") == PutOutcome::kStored);
  }
  flood(cache, 4_MiB);
  std::size_t hits = 0;
  const std::size_t many = (3_MiB).value / Block::size_for(9, kValueSize);
  for (int round = 0; round < 10; ++round) {
    hits = 0;
    for (std::size_t i = 0; i < many; ++i) {
      hits += get_or_put(cache, "new-" + std::to_string(i)) ? 1 : 0;
    }
  }
  CHECK(hits > many * 9 / 10);
  CHECK(std::none_of(old.begin(), old.end(),
                     [&](const auto& key) { return cache.session().has(key); }));
  CHECK(cache.findings() == "");
}

TEST_CASE("admission: probation that nobody uses any more becomes the others' memory") {
  FullStripe f;
  f.put_new_bytes(f.ring().size());
  REQUIRE(f.probation() > 0);
  for (std::uint64_t stored = 0; stored < 4 * f.ring().size(); stored += kLargestMove) {
    f.put_new(kLargestMove + 1);
  }
  CHECK(f.probation() == 0);
  CHECK(f.cache.findings() == "");
  f.put_new_bytes(f.ring().size());
  CHECK(f.probation() > 0);
  CHECK(f.cache.findings() == "");
}

TEST_CASE("admission: the largest value can be stored, however much probation has") {
  FullStripe f;
  f.put_new_bytes(f.ring().size());
  auto& wanted = f.cache.stripes()[0].state().ring.wanted_border;
  wanted.store(f.ring().size() / 5 * 4);
  f.put_new_bytes(3 * f.ring().size());
  REQUIRE(f.probation() > f.ring().size() / 2);
  const std::size_t largest = f.cache.store().statistics().largest_value.value - 16;
  CHECK(f.cache.put(f.keys.at(f.next++), std::string(largest, 'l')) == PutOutcome::kStored);
  CHECK(f.cache.findings() == "");
}

TEST_CASE("admission: the border goes where it should be, both ways") {
  FullStripe f;
  auto& wanted = f.cache.stripes()[0].state().ring.wanted_border;
  const std::uint64_t part = GENERATE(2, 3, 10, 20);
  wanted.store(f.ring().size() / 2);
  f.put_new_bytes(3 * f.ring().size());
  wanted.store(f.ring().size() / part);
  f.put_new_bytes(3 * f.ring().size());
  CAPTURE(part, f.probation(), f.ring().size());
  CHECK(f.probation() >= f.ring().size() / part - 1024);
  CHECK(f.probation() <= f.ring().size() / part + (64_KiB).value);
  CHECK(f.cache.findings() == "");
}

TEST_CASE("admission: whatever is stored as evicted, a key can come back") {
  FullStripe f;
  f.put_new_bytes(f.ring().size());
  for (std::size_t i = f.next; i-- > 0;) {
    static_cast<void>(get_or_put(f.cache, f.keys[i]));
    for (const Queue queue : kQueues) {
      f.ring().state_of(queue).evicted_bytes.store(UINT64_MAX);
    }
  }
  CHECK(f.cache.findings() == "");
}

TEST_CASE("history: the last four of a bucket are known, and from where they went") {
  HistoryWord word{};
  History history(&word);
  const auto key = [](std::uint64_t tag) { return KeyHash{tag << 37}; };
  CHECK_FALSE(history.find(0, key(1)).has_value());
  history.note(0, key(1), Queue::kProbation);
  history.note(0, key(2), Queue::kMain);
  REQUIRE(history.find(0, key(1)).has_value());
  CHECK(history.find(0, key(1))->queue == Queue::kProbation);
  CHECK_FALSE(history.find(0, key(1))->is_latest);
  REQUIRE(history.find(0, key(2)).has_value());
  CHECK(history.find(0, key(2))->queue == Queue::kMain);
  CHECK(history.find(0, key(2))->is_latest);
  for (std::uint64_t tag = 3; tag <= 5; ++tag) {
    history.note(0, key(tag), Queue::kProbation);
  }
  CHECK_FALSE(history.find(0, key(1)).has_value());
  CHECK(history.find(0, key(2)).has_value());
}

TEST_CASE("history: a hash whose bits are all zero is remembered, too") {
  HistoryWord word{};
  History history(&word);
  CHECK_FALSE(history.find(0, KeyHash{0}).has_value());
  history.note(0, KeyHash{0}, Queue::kProbation);
  CHECK(history.find(0, KeyHash{0}).has_value());
}

}  // namespace nitro
