// A process of its own for a part of a test: to be stopped, killed, or waited for.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include <sys/types.h>

#include "tests/support/waiting.h"

namespace nitro::test {

// The child must not use Catch2's macros, which would report twice: it says with its exit status
// how it went. It dies with its parent, and after a while in any case.
class ForkedChild {
 public:
  // `body` gives the exit status.
  explicit ForkedChild(const std::function<int()>& body);
  // Kills it if it still runs.
  ~ForkedChild();
  ForkedChild(const ForkedChild&) = delete;
  ForkedChild& operator=(const ForkedChild&) = delete;

  [[nodiscard]] pid_t pid() const noexcept { return pid_; }

  // Its exit status; nullopt: it still runs, or a signal ended it.
  [[nodiscard]] std::optional<int> wait(std::chrono::milliseconds at_most = kPatience);
  // SIGKILL, and waits until the kernel has cleaned up behind it. False: it had ended by itself.
  bool kill();
  // SIGSTOP, and waits until it stands still.
  void stop();
  void resume();

 private:
  pid_t pid_;
  bool is_running_ = true;
};

}  // namespace nitro::test
