#include "tests/support/forked_child.h"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/prctl.h>
#endif

#include "tests/support/catch.h"

namespace nitro::test {

namespace {
constexpr int kThrew = 99;
constexpr unsigned kLongestLife = 120;  // seconds
}  // namespace

ForkedChild::ForkedChild(const std::function<int()>& body) : pid_(fork()) {
  REQUIRE(pid_ >= 0);
  if (pid_ == 0) {
#if defined(__linux__)
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    alarm(kLongestLife);
    try {
      _exit(body());
    } catch (...) {
      _exit(kThrew);  // never back into the test, which the parent runs
    }
  }
}

ForkedChild::~ForkedChild() { kill(); }

std::optional<int> ForkedChild::wait(std::chrono::milliseconds at_most) {
  int status = 0;
  const auto has_ended = [&] { return waitpid(pid_, &status, WNOHANG) == pid_; };
  if (!is_running_ || !wait_until(has_ended, at_most)) {
    return std::nullopt;
  }
  is_running_ = false;
  return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

bool ForkedChild::kill() {
  if (!is_running_) {
    return false;
  }
  ::kill(pid_, SIGKILL);
  int status = 0;
  waitpid(pid_, &status, 0);
  is_running_ = false;
  return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

void ForkedChild::stop() {
  ::kill(pid_, SIGSTOP);
  int status = 0;
  REQUIRE(waitpid(pid_, &status, WUNTRACED) == pid_);
  REQUIRE(WIFSTOPPED(status));
}

void ForkedChild::resume() { ::kill(pid_, SIGCONT); }

}  // namespace nitro::test
