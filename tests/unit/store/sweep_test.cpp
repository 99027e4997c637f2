#include "core/store/sweep.h"

#include <atomic>
#include <vector>

#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/forked_child.h"
#include "tests/support/shared_page.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::TemporaryStore;

namespace {

constexpr int kEntries = 1000;

void put_entries(TemporaryStore& cache, const std::string& stem, MonotonicTime deadline) {
  for (int i = 0; i < kEntries; ++i) {
    REQUIRE(cache.put(stem + std::to_string(i), "value", deadline) == PutOutcome::kStored);
  }
}

std::uint64_t entries(const TemporaryStore& cache) { return cache.store().statistics().entries; }

StoreOptions roomy() {
  StoreOptions options;
  options.size = 8_MiB;
  return options;
}

}  // namespace

TEST_CASE("sweep: unlinks what has expired, and nothing else") {
  TemporaryStore cache(roomy());
  put_entries(cache, "dying-", cache.in(10));
  put_entries(cache, "later-", cache.in(1000));
  put_entries(cache, "never-", kNever);
  cache.clock().advance(Milliseconds{10});

  const SweepReport report = sweep(cache.session());

  CHECK(report.expired == kEntries);
  CHECK(report.looked_at == 3 * kEntries);
  CHECK(entries(cache) == 2 * kEntries);
  CHECK(cache.store().statistics().expired == kEntries);
  CHECK(cache.session().has("later-0"));
  CHECK(cache.session().has("never-999"));
  CHECK(cache.findings() == "");
}

TEST_CASE("sweep: an entry a millisecond before its deadline stays") {
  TemporaryStore cache(roomy());
  put_entries(cache, "dying-", cache.in(10));
  cache.clock().advance(Milliseconds{9});
  CHECK(sweep(cache.session()).expired == 0);
  CHECK(entries(cache) == kEntries);
}

TEST_CASE("sweep: does not look where nothing can have expired") {
  TemporaryStore cache(roomy());
  put_entries(cache, "never-", kNever);
  put_entries(cache, "later-", cache.in(1000));
  cache.clock().advance(Milliseconds{999});
  CHECK(sweep(cache.session()).looked_at == 0);
  cache.clock().advance(Milliseconds{1});
  CHECK(sweep(cache.session()).expired == kEntries);
  // Now nothing is left that could expire.
  cache.clock().advance(Milliseconds{1'000'000});
  CHECK(sweep(cache.session()).looked_at == 0);
}

TEST_CASE("sweep: each deadline of many is met in its time") {
  TemporaryStore cache(roomy());
  for (int i = 0; i < kEntries; ++i) {
    REQUIRE(cache.put("key-" + std::to_string(i), "value", cache.in(1 + i % 10)) ==
            PutOutcome::kStored);
  }
  for (int passed = 1; passed <= 10; ++passed) {
    cache.clock().advance(Milliseconds{1});
    CHECK(sweep(cache.session()).expired == kEntries / 10);
    CHECK(cache.findings() == "");
  }
  CHECK(entries(cache) == 0);
}

TEST_CASE("sweep: an expired value that was overwritten is none") {
  TemporaryStore cache(roomy());
  put_entries(cache, "key-", cache.in(10));
  put_entries(cache, "key-", kNever);
  cache.clock().advance(Milliseconds{10});
  CHECK(sweep(cache.session()).expired == 0);
  CHECK(entries(cache) == kEntries);
}

TEST_CASE("sweep: memory of swept entries is used again") {
  TemporaryStore cache(roomy());
  put_entries(cache, "dying-", cache.in(10));
  cache.clock().advance(Milliseconds{10});
  sweep(cache.session());
  CHECK(cache.store().statistics().usage == ByteCount{0});
}

TEST_CASE("sweep a little: comes round to everything, in small steps") {
  TemporaryStore cache(roomy());
  put_entries(cache, "dying-", cache.in(10));
  cache.clock().advance(Milliseconds{10});
  int steps = 0;
  std::uint64_t most = 0;
  for (; entries(cache) > 0 && steps < 10'000; ++steps) {
    most = std::max(most, sweep_a_little(cache.session()).expired);
  }
  CHECK(entries(cache) == 0);
  CHECK(steps > 1);
  CHECK(most < kEntries);
  CHECK(cache.findings() == "");
}

TEST_CASE("sweep a little: deadlines that come in between are met, too") {
  TemporaryStore cache(roomy());
  int stored = 0;
  for (int round = 0; round < 3000; ++round) {
    REQUIRE(cache.put("key-" + std::to_string(round), "value", cache.in(1 + round * 7 % 50)) ==
            PutOutcome::kStored);
    ++stored;
    sweep_a_little(cache.session());
    cache.clock().advance(Milliseconds{1});
    if (round % 500 == 0) {
      REQUIRE(cache.findings() == "");
    }
  }
  cache.clock().advance(Milliseconds{50});
  for (int i = 0; i < 10'000 && entries(cache) > 0; ++i) {
    sweep_a_little(cache.session());
  }
  CHECK(entries(cache) == 0);
  CHECK(cache.store().statistics().expired == static_cast<std::uint64_t>(stored));
}

TEST_CASE("sweep: a sweep that died half-way is continued, and forgets no deadline") {
  TemporaryStore cache(roomy());
  put_entries(cache, "dying-", cache.in(10));
  put_entries(cache, "later-", cache.in(20));
  cache.clock().advance(Milliseconds{10});
  for (Stripe& stripe : cache.stripes()) {
    REQUIRE(StoreInspector::begin_call(cache.session()));
    REQUIRE(stripe.sweep_step(StoreInspector::writer(cache.session())).has_more);
  }
  sweep(cache.session());
  CHECK(cache.findings() == "");
  sweep(cache.session());
  CHECK(entries(cache) == kEntries);
  cache.clock().advance(Milliseconds{10});
  sweep(cache.session());
  CHECK(entries(cache) == 0);
}

TEST_CASE("sweep: gives the rows of the dead back") {
  TemporaryStore cache;
  test::SharedPage<std::atomic<bool>> has_row;
  test::ForkedChild child([&] {
    Session session(cache.attach());
    *has_row = session.has("key") || true;
    for (;;) {
      pause();
    }
    return 0;
  });
  REQUIRE(test::wait_until([&] { return has_row->load(); }));
  CHECK(sweep(cache.session()).dead_rows == 0);
  child.kill();
  CHECK(sweep(cache.session()).dead_rows == 1);
  CHECK(sweep_a_little(cache.session()).dead_rows == 0);
}

TEST_CASE("clear: removes every entry, and nothing is used afterwards") {
  TemporaryStore cache(roomy());
  put_entries(cache, "never-", kNever);
  put_entries(cache, "later-", cache.in(1000));
  REQUIRE(cache.put("large", std::string(100'000, 'v')) == PutOutcome::kStored);
  CHECK(cache.session().clear());
  const Statistics statistics = cache.store().statistics();
  CHECK(statistics.entries == 0);
  CHECK(statistics.usage == ByteCount{0});
  CHECK_FALSE(cache.session().has("never-0"));
  CHECK_FALSE(cache.session().has("large"));
  CHECK(cache.findings() == "");
  put_entries(cache, "never-", kNever);
  CHECK(entries(cache) == kEntries);
}

TEST_CASE("clear: a stripe that cannot be locked is said to be left") {
  StoreOptions options = roomy();
  options.lock_timeout = Milliseconds{20};
  TemporaryStore cache(options);
  put_entries(cache, "key-", kNever);
  Session other(cache.shared());
  REQUIRE(StoreInspector::begin_call(other));
  StripeLockWord& lock = cache.stripes()[1].state().lock;
  REQUIRE(try_lock(lock, StoreInspector::writer(other).owner));
  CHECK_FALSE(cache.session().clear());
  CHECK(entries(cache) == cache.stripes()[1].state().live_entries.load());
  CHECK(entries(cache) > 0);
  unlock(lock);
  CHECK(cache.session().clear());
  CHECK(entries(cache) == 0);
}

}  // namespace nitro
