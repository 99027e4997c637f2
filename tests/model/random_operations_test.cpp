// A million random operations, compared with std::unordered_map. The cache may forget; what it
// returns must be what was stored last.
#include <random>
#include <string>
#include <unordered_map>

#include "core/store/sweep.h"

#include "tests/support/catch.h"
#include "tests/support/seed.h"
#include "tests/support/temporary_store.h"

namespace nitro::test {
namespace {

constexpr int kOperations = 1'000'000;
constexpr int kVerifyEvery = 20'000;
constexpr int kMoveEvery = 250'000;
constexpr std::uint64_t kKeys = 5'000;

class Model {
 public:
  explicit Model(std::uint64_t seed) : random_(seed) {}

  // False: a hit that is not what was stored last.
  [[nodiscard]] bool step() {
    const std::string key = "key-" + std::to_string(pick(kKeys));
    const std::uint64_t choice = pick(1000);
    if (choice < 450) {
      return look_up(key);
    }
    if (choice < 880) {
      store(key);
    } else if (choice < 940) {
      remove(key);
    } else if (choice < 975) {
      return count(key);
    } else if (choice < 998) {
      cache_.clock().advance(Milliseconds{static_cast<std::int64_t>(pick(10))});
    } else if (choice == 998) {
      sweep(cache_.session());
    } else if (pick(50) == 0) {
      stored_.clear();
      return cache_.session().clear();
    }
    return true;
  }

  TemporaryStore& cache() { return cache_; }
  std::uint64_t hits = 0;

 private:
  struct Stored {
    std::string text;
    bool is_counter = false;
    std::int64_t number = 0;
    MonotonicTime deadline = kNever;
  };

  std::uint64_t pick(std::uint64_t below) { return random_() % below; }

  [[nodiscard]] bool is_over(const Stored& stored) {
    return stored.deadline != kNever && stored.deadline <= cache_.clock().now();
  }

  bool look_up(const std::string& key) {
    Session& session = cache_.session();
    const auto entry = session.find(key);
    bool is_right = true;
    if (entry) {
      ++hits;
      const auto known = stored_.find(key);
      is_right = known != stored_.end() && !is_over(known->second) &&
                 (known->second.is_counter ? entry->kind == ValueKind::kInteger &&
                                                 entry->integer() == known->second.number
                                           : text_in(*entry) == known->second.text);
    }
    session.release();
    return is_right;
  }

  // One in thirty is large.
  void store(const std::string& key) {
    Stored stored;
    stored.text.assign(pick(30) == 0 ? pick(60'000) : pick(600), static_cast<char>('a' + pick(26)));
    stored.text += std::to_string(random_());
    if (pick(4) == 0) {
      stored.deadline = cache_.in(static_cast<std::int64_t>(pick(5'000)));
    }
    if (cache_.put(key, stored.text, stored.deadline) == PutOutcome::kStored) {
      stored_[key] = std::move(stored);
    } else {
      stored_.erase(key);
      static_cast<void>(cache_.session().erase(key));
    }
  }

  void remove(const std::string& key) {
    static_cast<void>(cache_.session().erase(key));
    stored_.erase(key);
  }

  // Absent may mean evicted, so the sum is one of two.
  bool count(const std::string& key) {
    const auto by = static_cast<std::int64_t>(pick(100));
    const auto known = stored_.find(key);
    const bool was_text =
        known != stored_.end() && !known->second.is_counter && !is_over(known->second);
    const bool was_counter =
        known != stored_.end() && known->second.is_counter && !is_over(known->second);
    const CounterOutcome outcome =
        cache_.session().add_to_counter(key, Number::of(by), Number::of(std::int64_t{7}), kNever);
    if (outcome.status == CounterOutcome::Status::kNotANumber) {
      return was_text;
    }
    if (outcome.status != CounterOutcome::Status::kDone) {
      return false;
    }
    const std::int64_t sum = outcome.value.integer;
    const bool goes_on = was_counter && sum == known->second.number + by;
    const bool begins = sum == 7 + by;
    const MonotonicTime deadline = goes_on ? known->second.deadline : kNever;
    stored_[key] = Stored{{}, true, sum, deadline};
    return goes_on || begins;
  }

  std::mt19937_64 random_;
  TemporaryStore cache_;
  std::unordered_map<std::string, Stored> stored_;
};

TEST_CASE("A million random operations agree with a map", "[model]") {
  const std::uint64_t seed = test_seed();
  CAPTURE(seed);
  Model model(seed);
  for (int i = 0; i < kOperations; ++i) {
    const bool is_right = model.step();
    if (!is_right) {
      CAPTURE(i);
      FAIL("the cache returned something that was not stored last");
    }
    if (i % kVerifyEvery == 0) {
      REQUIRE(model.cache().findings().empty());
    }
    if (i % kMoveEvery == kMoveEvery / 2) {
      model.cache().move_elsewhere();
    }
  }
  const Statistics statistics = model.cache().store().statistics();
  CHECK(model.hits > kOperations / 20);
  CHECK(statistics.evictions > kOperations / 20);
  CHECK(statistics.expired > 0);
  CHECK(statistics.moved_bytes > 0);
  CHECK(model.cache().findings().empty());
}

}  // namespace
}  // namespace nitro::test
