#include "core/segment/lock_file.h"

#include <atomic>
#include <csignal>

#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/forked_child.h"
#include "tests/support/shared_page.h"
#include "tests/support/temporary_segment.h"

namespace nitro {

using test::ForkedChild;
using test::TemporarySegment;
using test::wait_until;

namespace {
constexpr std::uint64_t kByte = kFirstRowByte + 3;
constexpr std::uint64_t kOtherByte = kFirstRowByte + 4;

// A child that holds kByte through a lock file of its own until it is ended.
class Holder {
 public:
  explicit Holder(const TemporarySegment& segment)
      : child_([&] {
          Segment mine = segment.attach();
          *is_locked_ = mine.locks().try_lock(kByte);
          for (;;) {
            pause();
          }
          return 0;
        }) {
    REQUIRE(wait_until([&] { return is_locked_->load(); }));
  }
  ForkedChild& child() { return child_; }

 private:
  test::SharedPage<std::atomic<bool>> is_locked_;
  ForkedChild child_;
};
}  // namespace

TEST_CASE("lock file: a byte locked by one is locked for the other, the next byte is not") {
  TemporarySegment segment;
  Segment other = segment.attach();
  REQUIRE(segment->locks().try_lock(kByte));
  CHECK_FALSE(other.locks().try_lock(kByte));
  CHECK(other.locks().is_locked_elsewhere(kByte));
  CHECK_FALSE(other.locks().is_locked_elsewhere(kOtherByte));
  CHECK(other.locks().try_lock(kOtherByte));
}

TEST_CASE("lock file: its own locks are not locked elsewhere, and can be had again") {
  TemporarySegment segment;
  REQUIRE(segment->locks().try_lock(kByte));
  CHECK_FALSE(segment->locks().is_locked_elsewhere(kByte));
  CHECK(segment->locks().try_lock(kByte));
}

TEST_CASE("lock file: an unlocked byte can be had by others") {
  TemporarySegment segment;
  Segment other = segment.attach();
  REQUIRE(segment->locks().try_lock(kByte));
  segment->locks().unlock(kByte);
  CHECK_FALSE(other.locks().is_locked_elsewhere(kByte));
  CHECK(other.locks().try_lock(kByte));
}

TEST_CASE("lock file: closing one lets go of its locks and of nobody else's") {
  TemporarySegment segment;
  REQUIRE(segment->locks().try_lock(kOtherByte));
  {
    Segment other = segment.attach();
    REQUIRE(other.locks().try_lock(kByte));
  }
  Segment third = segment.attach();
  CHECK_FALSE(third.locks().is_locked_elsewhere(kByte));
  CHECK(third.locks().is_locked_elsewhere(kOtherByte));
}

TEST_CASE("lock file: a duplicate has locks of its own") {
  TemporarySegment segment;
  auto duplicate = LockFile::duplicate(segment->locks());
  REQUIRE(duplicate);
  REQUIRE(duplicate.value().try_lock(kByte));
  CHECK(segment->locks().is_locked_elsewhere(kByte));
  CHECK_FALSE(segment->locks().try_lock(kByte));
}

TEST_CASE("lock file: works on after the segment's name is gone") {
  TemporarySegment segment;
  Segment other = segment.attach();
  segment->remove();
  auto duplicate = LockFile::duplicate(segment->locks());
  REQUIRE(duplicate);
  REQUIRE(duplicate.value().try_lock(kByte));
  CHECK(other.locks().is_locked_elsewhere(kByte));
}

TEST_CASE("lock file: a killed process holds nothing") {
  TemporarySegment segment;
  Holder holder(segment);
  REQUIRE(segment->locks().is_locked_elsewhere(kByte));
  holder.child().kill();
  CHECK_FALSE(segment->locks().is_locked_elsewhere(kByte));
}

TEST_CASE("lock file: a stopped process holds what it held") {
  TemporarySegment segment;
  Holder holder(segment);
  holder.child().stop();
  CHECK(segment->locks().is_locked_elsewhere(kByte));
}

// The descriptor is close-on-exec: a program that PHP starts must not keep its parent alive.
TEST_CASE("lock file: nothing is held beyond exec") {
  TemporarySegment segment;
  test::SharedPage<std::atomic<bool>> is_locked;
  ForkedChild child([&] {
    Segment mine = segment.attach();
    *is_locked = mine.locks().try_lock(kByte);
    execlp("sleep", "sleep", "60", nullptr);
    return 1;
  });
  REQUIRE(wait_until([&] { return is_locked->load(); }));
  CHECK(wait_until([&] { return !segment->locks().is_locked_elsewhere(kByte); }));
  CHECK(::kill(child.pid(), 0) == 0);
}

// A copied descriptor shares its parent's locks.
TEST_CASE("lock file: a child of fork that reopens it lets go of its parent's locks") {
  TemporarySegment segment;
  test::SharedPage<std::atomic<bool>> is_open;
  test::SharedPage<std::atomic<bool>> is_parent_gone;
  ForkedChild parent([&] {
    Segment mine = segment.attach();
    if (!mine.locks().try_lock(kByte)) {
      return 1;
    }
    if (fork() == 0) {
      *is_open = mine.locks().reopen() && mine.locks().is_locked_elsewhere(kByte);
      _exit(wait_until([&] { return is_parent_gone->load(); }) ? 0 : 1);
    }
    for (;;) {
      pause();
    }
    return 0;
  });
  REQUIRE(wait_until([&] { return is_open->load(); }));
  CHECK(segment->locks().is_locked_elsewhere(kByte));
  parent.kill();
  CHECK_FALSE(segment->locks().is_locked_elsewhere(kByte));
  *is_parent_gone = true;
}

}  // namespace nitro
