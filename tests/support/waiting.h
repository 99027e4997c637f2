// Waits that end.
#pragma once

#include <chrono>
#include <thread>

namespace nitro::test {

// Far more than anything here takes, even under a sanitizer on a busy machine.
inline constexpr std::chrono::seconds kPatience{30};

// Looks once a millisecond. False: the time was over first.
template <typename Predicate>
[[nodiscard]] bool wait_until(Predicate is_true, std::chrono::milliseconds at_most = kPatience) {
  const auto deadline = std::chrono::steady_clock::now() + at_most;
  while (!is_true()) {
    if (std::chrono::steady_clock::now() >= deadline) {
      return is_true();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace nitro::test
