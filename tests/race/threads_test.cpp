// Threads over one mapping, each with a session of its own, on few keys in a tiny cache that evicts
// all the time. Made for ThreadSanitizer, which follows threads and not processes.
#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "core/store/sweep.h"

#include "tests/support/catch.h"
#include "tests/support/sealed_value.h"
#include "tests/support/seed.h"
#include "tests/support/temporary_store.h"

namespace nitro::test {
namespace {

constexpr int kThreads = 4;
constexpr int kOperations = 15'000;
constexpr std::uint64_t kKeys = 300;

StoreOptions tiny() {
  StoreOptions options;
  options.size = kSmallestSegment;
  return options;
}

// What one thread does; catch's macros are not for threads.
class Worker {
 public:
  Worker(std::shared_ptr<Store> store, const ManualClock& clock, std::uint64_t seed)
      : session_(std::move(store)), clock_(clock), random_(seed) {}

  void run() {
    for (int i = 0; i < kOperations; ++i) {
      step();
    }
    drop_held();
  }

  std::uint64_t wrong_values = 0;
  std::uint64_t hits = 0;
  std::uint64_t pins = 0;

 private:
  struct Held {
    std::string key;
    Entry entry;
  };

  std::uint64_t pick(std::uint64_t below) { return random_() % below; }

  void step() {
    const std::string key = "key-" + std::to_string(pick(kKeys));
    const std::uint64_t choice = pick(1000);
    if (choice < 500) {
      read(key);
    } else if (choice < 850) {
      write(key);
    } else if (choice < 996) {
      static_cast<void>(session_.erase(key));
    } else if (choice < 998) {
      sweep(session_);
    } else if (choice < 999) {
      drop_held();
    } else if (pick(10) == 0) {
      static_cast<void>(session_.clear());
    }
  }

  void check(const std::string& key, const Entry& entry) {
    wrong_values += is_intact(key, text_in(entry)) ? 0 : 1;
  }

  void read(const std::string& key) {
    if (const auto entry = session_.find(key)) {
      ++hits;
      check(key, *entry);
      if (pick(8) == 0 && held_.size() < 100 && session_.try_pin(*entry)) {
        held_.push_back({key, *entry});
        ++pins;
      }
    }
    session_.release();
  }

  void write(const std::string& key) {
    const std::size_t size = pick(20) == 0 ? pick(50'000) : pick(800);
    const MonotonicTime deadline =
        pick(5) == 0 ? clock_.now() + MonotonicTime{static_cast<std::int64_t>(pick(20))} : kNever;
    put_text(session_, key, sealed_value(key, size, random_()), deadline);
  }

  // Pinned values are what they were, however often their keys were overwritten since.
  void drop_held() {
    for (const Held& held : held_) {
      check(held.key, held.entry);
    }
    held_.clear();
    session_.drop_pins();
  }

  Session session_;
  const ManualClock& clock_;
  std::mt19937_64 random_;
  std::vector<Held> held_;
};

TEST_CASE("Readers never see a byte that was not stored under their key", "[race]") {
  const std::uint64_t seed = test_seed();
  CAPTURE(seed);
  TemporaryStore cache(tiny());
  std::vector<std::unique_ptr<Worker>> workers;
  for (int i = 0; i < kThreads; ++i) {
    workers.push_back(std::make_unique<Worker>(cache.shared(), cache.clock(), seed + i));
  }
  std::vector<std::thread> threads;
  for (auto& worker : workers) {
    threads.emplace_back([&worker] { worker->run(); });
  }
  std::atomic<bool> is_over{false};
  std::thread ticking([&] {
    while (!is_over.load()) {
      cache.clock().advance(Milliseconds{1});
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  for (std::thread& thread : threads) {
    thread.join();
  }
  is_over.store(true);
  ticking.join();

  std::uint64_t hits = 0;
  std::uint64_t pins = 0;
  for (const auto& worker : workers) {
    CHECK(worker->wrong_values == 0);
    hits += worker->hits;
    pins += worker->pins;
  }
  const Statistics statistics = cache.store().statistics();
  CHECK(hits > 0);
  CHECK(pins > 0);
  CHECK(statistics.evictions > 0);
  CHECK(statistics.lock_timeouts == 0);
  CHECK(cache.findings().empty());
}

TEST_CASE("Counters of several threads add up", "[race]") {
  TemporaryStore cache;
  constexpr std::int64_t kEach = 20'000;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&cache] {
      Session session(cache.shared());
      for (std::int64_t n = 0; n < kEach; ++n) {
        static_cast<void>(session.add_to_counter("sum", Number::of(std::int64_t{1}),
                                                 Number::of(std::int64_t{0}), kNever));
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  const auto entry = cache.session().find("sum");
  REQUIRE(entry);
  CHECK(entry->integer() == kThreads * kEach);
  cache.session().release();
}

}  // namespace
}  // namespace nitro::test
