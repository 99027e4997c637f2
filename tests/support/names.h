// Cache names that no other test, and no other run, uses.
#pragma once

#include <atomic>
#include <string>

#include <unistd.h>

namespace nitro::test {

[[nodiscard]] inline std::string unique_name() {
  static std::atomic<int> count{0};
  return "test-" + std::to_string(getpid()) + "-" + std::to_string(++count);
}

}  // namespace nitro::test
