// The one source of time. Deadlines are points on a clock that the wall clock cannot move.
#pragma once

#include <atomic>

#include "core/base/units.h"

namespace nitro {

// Milliseconds on the system's monotonic clock, which all processes of one boot share. Its tick is
// the coarse one (1–4 ms on Linux): reading it costs a few nanoseconds. It stands still while
// the machine sleeps.
struct MonotonicTimeTag;
using MonotonicTime = Quantity<MonotonicTimeTag, std::int64_t>;

// The deadline of an entry that lives until it is evicted.
inline constexpr MonotonicTime kNever{0};

[[nodiscard]] MonotonicTime system_monotonic_time() noexcept;
// The whole seconds of the same clock, for those who ask at each call.
[[nodiscard]] std::int64_t system_monotonic_seconds() noexcept;

// Seconds since 1970 on the wall clock. For display, and for nothing else.
[[nodiscard]] std::int64_t system_wall_clock_seconds() noexcept;

// Where a store reads the time: the system, or a test.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual MonotonicTime now() const noexcept = 0;
};

[[nodiscard]] const Clock& system_clock() noexcept;

// Time that passes only when told to. Several threads may read it.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(MonotonicTime start = MonotonicTime{1'000'000}) noexcept
      : now_(start.value) {}
  [[nodiscard]] MonotonicTime now() const noexcept override {
    return MonotonicTime{now_.load(std::memory_order_relaxed)};
  }
  void advance(Milliseconds by) noexcept { now_.fetch_add(by.value, std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> now_;
};

// `start` plus `lifetime`; kNever when that lies beyond what the clock can count.
[[nodiscard]] constexpr MonotonicTime deadline_after(MonotonicTime start,
                                                     Milliseconds lifetime) noexcept {
  constexpr std::int64_t kFarthest = INT64_MAX;
  if (lifetime.value > kFarthest - start.value) {
    return kNever;
  }
  const MonotonicTime deadline{start.value + lifetime.value};
  return deadline == kNever ? MonotonicTime{-1} : deadline;  // 0 is a point in time, too
}

}  // namespace nitro
