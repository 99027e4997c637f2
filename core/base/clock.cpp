#include "core/base/clock.h"

#include <chrono>

#if defined(__linux__)
#include <time.h>
#endif

namespace nitro {

#if defined(__linux__)
namespace {
timespec coarse_time() noexcept {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return now;
}
}  // namespace

MonotonicTime system_monotonic_time() noexcept {
  const timespec now = coarse_time();
  return MonotonicTime{static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000};
}

std::int64_t system_monotonic_seconds() noexcept { return coarse_time().tv_sec; }
#else
MonotonicTime system_monotonic_time() noexcept {
  const auto since_boot = std::chrono::steady_clock::now().time_since_epoch();
  return MonotonicTime{std::chrono::duration_cast<std::chrono::milliseconds>(since_boot).count()};
}

std::int64_t system_monotonic_seconds() noexcept { return system_monotonic_time().value / 1000; }
#endif

std::int64_t system_wall_clock_seconds() noexcept {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count();
}

namespace {
class SystemClock final : public Clock {
 public:
  [[nodiscard]] MonotonicTime now() const noexcept override { return system_monotonic_time(); }
};
}  // namespace

const Clock& system_clock() noexcept {
  static const SystemClock clock;
  return clock;
}

}  // namespace nitro
