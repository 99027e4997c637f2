#include "core/process/lock_table.h"

#include <memory>

#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/forked_child.h"
#include "tests/support/temporary_store.h"

namespace nitro {

using test::ForkedChild;
using test::open_or_fail;
using test::TemporaryStore;
using test::wait_until;
using Status = LockTable::Status;

namespace {

constexpr Milliseconds kLease{1000};
constexpr Milliseconds kNoWait{0};
constexpr Milliseconds kLong{20'000};

std::uint64_t name_of(const Session& session, std::string_view name) {
  return session.lock_name(name, LockKind::kLock);
}

}  // namespace

TEST_CASE("named locks: one owner at a time, and free again after unlock") {
  TemporaryStore cache;
  Session& one = cache.session();
  Session other(cache.attach());
  const std::uint64_t name = name_of(one, "name");
  const auto taken = one.lock(name, kLease, kNoWait);
  REQUIRE(taken.status == Status::kTaken);
  CHECK(one.holds(taken.ticket));
  CHECK_FALSE(other.holds(taken.ticket));
  CHECK(other.lock(name, kLease, kNoWait).status == Status::kHeld);
  CHECK(other.lock(name_of(one, "another"), kLease, kNoWait).status == Status::kTaken);
  CHECK_FALSE(other.unlock(taken.ticket));
  CHECK(one.unlock(taken.ticket));
  CHECK_FALSE(one.holds(taken.ticket));
  CHECK_FALSE(one.unlock(taken.ticket));
  CHECK(other.lock(name, kLease, kNoWait).status == Status::kTaken);
}

TEST_CASE("named locks: the owner is told that it is his own") {
  TemporaryStore cache;
  const std::uint64_t name = name_of(cache.session(), "name");
  REQUIRE(cache.session().lock(name, kLease, kNoWait).status == Status::kTaken);
  const auto again = cache.session().lock(name, kLease, kLong);
  CHECK(again.status == Status::kHeld);
  CHECK(again.by_me);
}

TEST_CASE("named locks: a lease ends, unless it is extended") {
  TemporaryStore cache;
  Session other(cache.attach());
  const std::uint64_t name = name_of(other, "name");
  const auto taken = cache.session().lock(name, kLease, kNoWait);
  CHECK(taken.lease_end == deadline_after(cache.clock().now(), kLease));
  cache.clock().advance(Milliseconds{999});
  CHECK(cache.session().extend_lock(taken.ticket, kLease));
  const MonotonicTime extended = deadline_after(cache.clock().now(), kLease);
  CHECK(other.lock(name, kLease, kNoWait).lease_end == extended);
  CHECK(cache.session().lock(name, kLease, kNoWait).lease_end == extended);
  cache.clock().advance(Milliseconds{999});
  CHECK(cache.session().holds(taken.ticket));
  CHECK(other.lock(name, kLease, kNoWait).status == Status::kHeld);
  cache.clock().advance(Milliseconds{1});
  CHECK_FALSE(cache.session().holds(taken.ticket));
  CHECK_FALSE(cache.session().extend_lock(taken.ticket, kLease));
  const auto next = other.lock(name, kLease, kNoWait);
  CHECK(next.status == Status::kTaken);
  // The first owner takes nothing away from the second one.
  CHECK_FALSE(cache.session().unlock(taken.ticket));
  CHECK(other.holds(next.ticket));
}

TEST_CASE("named locks: end with their session, and with its request") {
  TemporaryStore cache;
  const std::uint64_t name = name_of(cache.session(), "name");
  {
    Session other(cache.attach());
    REQUIRE(other.lock(name, kLease, kNoWait).status == Status::kTaken);
    CHECK(cache.session().lock(name, kLease, kNoWait).status == Status::kHeld);
  }
  const auto taken = cache.session().lock(name, kLease, kNoWait);
  REQUIRE(taken.status == Status::kTaken);
  cache.session().unlock_all();
  CHECK_FALSE(cache.session().holds(taken.ticket));
  Session third(cache.attach());
  CHECK(third.lock(name, kLease, kNoWait).status == Status::kTaken);
}

TEST_CASE("named locks: die with their owner, and waiters notice") {
  TemporaryStore cache;
  const std::uint64_t name = name_of(cache.session(), "name");
  ForkedChild child([&] {
    Session owner(open_or_fail(cache.options()));
    static_cast<void>(owner.lock(name, Milliseconds{1 << 30}, kNoWait));
    for (;;) {
      pause();
    }
    return 0;
  });
  REQUIRE(wait_until([&] {
    const auto attempt = cache.session().lock(name, kLease, kNoWait);
    if (attempt.status == Status::kTaken) {
      cache.session().unlock(attempt.ticket);
    }
    return attempt.status == Status::kHeld;
  }));
  child.kill();
  CHECK(cache.session().lock(name, kLease, kLong).status == Status::kTaken);
}

TEST_CASE("named locks: a waiter gets what is given back") {
  TemporaryStore cache;
  const std::uint64_t name = name_of(cache.session(), "name");
  const auto taken = cache.session().lock(name, kLease, kNoWait);
  ForkedChild child([&] {
    Session waiter(open_or_fail(cache.options()));
    return waiter.lock(name, kLease, kLong).status == Status::kTaken ? 0 : 1;
  });
  usleep(20'000);
  CHECK(cache.session().unlock(taken.ticket));
  CHECK(child.wait() == 0);
}

TEST_CASE("named locks: there are so many, and those of the dead and the late are used again") {
  TemporaryStore cache;
  Session& session = cache.session();
  const auto lock = [&](std::uint64_t number) {
    return session.lock(number + 1, kLease, kNoWait).status;
  };
  for (std::uint64_t i = 0; i < kNamedLocks; ++i) {
    REQUIRE(lock(i) == Status::kTaken);
  }
  CHECK(lock(kNamedLocks) == Status::kNoRoom);
  cache.clock().advance(kLease);
  CHECK(lock(kNamedLocks) == Status::kTaken);
  for (std::uint64_t i = 0; i < kNamedLocks - 1; ++i) {
    REQUIRE(lock(kNamedLocks + 1 + i) == Status::kTaken);
  }
  CHECK(lock(0) == Status::kNoRoom);
}

}  // namespace nitro
