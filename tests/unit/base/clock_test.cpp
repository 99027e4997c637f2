#include "core/base/clock.h"

#include "tests/support/catch.h"
#include "tests/support/waiting.h"

namespace nitro {

TEST_CASE("clock: a manual clock moves only when told to") {
  ManualClock clock(MonotonicTime{500});
  CHECK(clock.now() == MonotonicTime{500});
  clock.advance(Milliseconds{7});
  CHECK(clock.now() == MonotonicTime{507});
}

TEST_CASE("clock: the system's clock goes forward") {
  const MonotonicTime start = system_clock().now();
  CHECK(start.value > 0);
  CHECK(test::wait_until([&] { return system_clock().now() > start; }));
}

TEST_CASE("deadline_after: adds a lifetime to a point in time") {
  CHECK(deadline_after(MonotonicTime{1000}, Milliseconds{1}) == MonotonicTime{1001});
}

TEST_CASE("deadline_after: what the clock cannot count is never") {
  CHECK(deadline_after(MonotonicTime{1000}, Milliseconds{INT64_MAX}) == kNever);
  CHECK(deadline_after(MonotonicTime{1000}, Milliseconds{INT64_MAX - 1000}) ==
        MonotonicTime{INT64_MAX});
}

// -1000 leads to 0, which means "never" where a deadline is read.
TEST_CASE("deadline_after: a lifetime below zero ends in the past, never at never") {
  const MonotonicTime now{1000};
  for (const std::int64_t lifetime :
       {std::int64_t{-1}, std::int64_t{-1000}, std::int64_t{-5000}, std::int64_t{INT64_MIN}}) {
    CAPTURE(lifetime);
    const MonotonicTime deadline = deadline_after(now, Milliseconds{lifetime});
    CHECK(deadline != kNever);
    CHECK(deadline < now);
  }
}

}  // namespace nitro
