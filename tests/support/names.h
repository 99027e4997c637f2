// Cache names that no other test, and no other run, uses.
#pragma once

#include <unistd.h>

#include <atomic>
#include <string>

namespace nitro::test {

[[nodiscard]] inline std::string unique_name() {
  static std::atomic<int> count{0};
  return "test-" + std::to_string(getpid()) + "-" + std::to_string(++count);
}

}  // namespace nitro::test
