// A child process that goes on only when it is told to: by the instruction, or by the system call.
#pragma once

#include <functional>
#include <optional>

#include <sys/types.h>

namespace nitro::test {

// For Catch2 and exit status the rules of ForkedChild hold. Where tracing is forbidden,
// is_available() says so and nothing else may be called.
class TracedChild {
 public:
  // Stands still before the first instruction of `body`.
  explicit TracedChild(const std::function<int()>& body);
  ~TracedChild();
  TracedChild(const TracedChild&) = delete;
  TracedChild& operator=(const TracedChild&) = delete;

  [[nodiscard]] bool is_available() const noexcept { return is_available_; }
  // Runs to the next call of mark(). False: the body has ended.
  [[nodiscard]] bool run_to_mark();
  // Runs one instruction. False: the body has ended, or has come to a mark, or died.
  [[nodiscard]] bool step();
  [[nodiscard]] bool is_at_mark() const noexcept { return is_at_mark_; }
  // Runs to the beginning or the end of the next system call. False: as above.
  [[nodiscard]] bool run_to_system_call();
  // Lets it run by itself from now on.
  void let_go();
  // After let_go(): its exit status; nullopt: it still runs, or a signal ended it.
  [[nodiscard]] std::optional<int> wait();
  void kill();

  // For the body: here something begins or ends.
  static void mark() noexcept;

 private:
  // The signal that stopped it; 0: it has ended.
  [[nodiscard]] int go_on(int request);

  pid_t pid_;
  bool is_available_ = false;
  bool is_running_ = true;
  bool is_at_mark_ = false;
};

}  // namespace nitro::test
