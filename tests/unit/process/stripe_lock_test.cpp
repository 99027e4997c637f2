#include "core/process/stripe_lock.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/forked_child.h"
#include "tests/support/shared_page.h"
#include "tests/support/temporary_table.h"

namespace nitro {

using test::ForkedChild;
using test::TableView;
using test::TemporaryTable;
using test::wait_until;

namespace {

constexpr Milliseconds kLong{20'000};

// A process that has the lock and keeps it until it is ended.
class Owner {
 public:
  explicit Owner(const TemporaryTable& table)
      : child_([&] {
          TableView mine(table.attach());
          const auto row = mine.table().take_row();
          *has_lock_ = row && try_lock(mine.lock_word(), row->owner);
          for (;;) {
            pause();
          }
          return 0;
        }) {
    REQUIRE(wait_until([&] { return has_lock_->load(); }));
  }
  ForkedChild& child() { return child_; }

 private:
  test::SharedPage<std::atomic<bool>> has_lock_;
  ForkedChild child_;
};

}  // namespace

TEST_CASE("lock: one at a time, and free again after unlock") {
  TemporaryTable table;
  StripeLockWord& word = table.view().lock_word();
  const OwnerId one = table->take_row()->owner;
  const OwnerId other = table->take_row()->owner;
  REQUIRE(try_lock(word, one));
  CHECK(word.owner.load() == one.value);
  CHECK_FALSE(try_lock(word, other));
  CHECK_FALSE(try_lock(word, one));
  unlock(word);
  CHECK(word.owner.load() == 0);
  CHECK(try_lock(word, other));
}

TEST_CASE("lock: whoever waits for a free one has it at once") {
  TemporaryTable table;
  StripeLockWord& word = table.view().lock_word();
  const OwnerId me = table->take_row()->owner;
  CHECK(wait_for_lock(word, me, *table.operator->(), kLong) == LockResult::kLocked);
  CHECK(word.owner.load() == me.value);
}

TEST_CASE("lock: a waiter gets it when its living owner lets go") {
  TemporaryTable table;
  StripeLockWord& word = table.view().lock_word();
  const OwnerId owner = table->take_row()->owner;
  const OwnerId waiter = table->take_row()->owner;
  REQUIRE(try_lock(word, owner));
  std::thread releases_later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    unlock(word);
  });
  CHECK(wait_for_lock(word, waiter, *table.operator->(), kLong) == LockResult::kLocked);
  releases_later.join();
}

TEST_CASE("lock: a waiter gives up when the owner lives and does not let go") {
  TemporaryTable table;
  StripeLockWord& word = table.view().lock_word();
  const OwnerId owner = table->take_row()->owner;
  const OwnerId waiter = table->take_row()->owner;
  REQUIRE(try_lock(word, owner));
  CHECK(wait_for_lock(word, waiter, *table.operator->(), Milliseconds{20}) ==
        LockResult::kTimedOut);
  CHECK(word.owner.load() == owner.value);
}

TEST_CASE("lock: a stopped owner keeps it") {
  TemporaryTable table;
  Owner owner(table);
  owner.child().stop();
  const OwnerId me = table->take_row()->owner;
  CHECK(wait_for_lock(table.view().lock_word(), me, *table.operator->(), Milliseconds{100}) ==
        LockResult::kTimedOut);
}

TEST_CASE("lock: it is taken over from a killed owner") {
  TemporaryTable table;
  Owner owner(table);
  owner.child().kill();
  const OwnerId me = table->take_row()->owner;
  CHECK(wait_for_lock(table.view().lock_word(), me, *table.operator->(), kLong) ==
        LockResult::kTookOver);
  CHECK(table.view().lock_word().owner.load() == me.value);
}

TEST_CASE("lock: it is taken over from an owner whose row was reclaimed and has a new owner") {
  TemporaryTable table;
  Owner owner(table);
  owner.child().kill();
  REQUIRE(table->reclaim_dead_rows() == 1);
  const auto same_row = table->take_row();
  REQUIRE(same_row->owner.row() == 0);
  const OwnerId me = table->take_row()->owner;
  CHECK(wait_for_lock(table.view().lock_word(), me, *table.operator->(), kLong) ==
        LockResult::kTookOver);
}

TEST_CASE("lock: of many who wait for a dead owner, exactly one takes over") {
  constexpr int kWaiters = 6;
  struct Shared {
    std::atomic<int> waiting{0};
    std::atomic<int> took_over{0};
    std::atomic<int> locked{0};
  };
  TemporaryTable table;
  Owner owner(table);
  test::SharedPage<Shared> shared;
  std::vector<std::unique_ptr<ForkedChild>> waiters;
  for (int i = 0; i < kWaiters; ++i) {
    waiters.push_back(std::make_unique<ForkedChild>([&] {
      TableView mine(table.attach());
      const auto row = mine.table().take_row();
      ++shared->waiting;
      const LockResult result = wait_for_lock(mine.lock_word(), row->owner, mine.table(), kLong);
      if (result == LockResult::kTimedOut) {
        return 1;
      }
      ++(result == LockResult::kTookOver ? shared->took_over : shared->locked);
      unlock(mine.lock_word());
      return 0;
    }));
  }
  REQUIRE(wait_until([&] { return shared->waiting == kWaiters; }));
  owner.child().kill();
  for (const auto& waiter : waiters) {
    CHECK(waiter->wait() == 0);
  }
  CHECK(shared->took_over == 1);
  CHECK(shared->locked == kWaiters - 1);
}

TEST_CASE("lock: processes that add to a plain sum under it lose nothing") {
  constexpr int kProcesses = 4;
  constexpr int kTimes = 20'000;
  TemporaryTable table;
  test::SharedPage<std::atomic<bool>> go;
  std::vector<std::unique_ptr<ForkedChild>> children;
  for (int i = 0; i < kProcesses; ++i) {
    children.push_back(std::make_unique<ForkedChild>([&] {
      TableView mine(table.attach());
      const OwnerId me = mine.table().take_row()->owner;
      StripeLockWord& word = mine.lock_word();
      while (!*go) {
      }
      for (int n = 0; n < kTimes; ++n) {
        if (!try_lock(word, me) &&
            wait_for_lock(word, me, mine.table(), kLong) != LockResult::kLocked) {
          return 1;
        }
        auto& sum = mine.guarded_word();
        sum.store(sum.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
        unlock(word);
      }
      return 0;
    }));
  }
  *go = true;
  for (const auto& child : children) {
    CHECK(child->wait() == 0);
  }
  CHECK(table.view().guarded_word().load() == std::uint64_t{kProcesses} * kTimes);
}

TEST_CASE("lock: owners that are killed again and again never block those who go on") {
  constexpr int kKills = 60;
  TemporaryTable table;
  const OwnerId me = table->take_row()->owner;
  StripeLockWord& word = table.view().lock_word();
  int taken_over = 0;
  for (int i = 0; i < kKills; ++i) {
    test::SharedPage<std::atomic<bool>> runs;
    ForkedChild child([&] {
      TableView mine(table.attach());
      const OwnerId self = mine.table().take_row()->owner;
      for (;;) {
        if (wait_for_lock(mine.lock_word(), self, mine.table(), kLong) == LockResult::kTimedOut) {
          return 1;
        }
        *runs = true;
        unlock(mine.lock_word());
      }
    });
    REQUIRE(wait_until([&] { return runs->load(); }));
    std::this_thread::sleep_for(std::chrono::microseconds(17 * i));
    child.kill();
    const LockResult result = wait_for_lock(word, me, *table.operator->(), kLong);
    REQUIRE(result != LockResult::kTimedOut);
    taken_over += result == LockResult::kTookOver ? 1 : 0;
    unlock(word);
    REQUIRE(table->reclaim_dead_rows() == 1);
  }
  // Some died while they held it, or the test would show nothing.
  CHECK(taken_over > 0);
}

}  // namespace nitro
