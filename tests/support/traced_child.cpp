#include "tests/support/traced_child.h"

#include <csignal>

#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/catch.h"
#include "tests/support/waiting.h"

namespace nitro::test {

namespace {
constexpr int kForbidden = 78;
constexpr int kThrew = 99;
constexpr unsigned kLongestLife = 600;  // seconds
}  // namespace

TracedChild::TracedChild(const std::function<int()>& body) : pid_(fork()) {
  REQUIRE(pid_ >= 0);
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    alarm(kLongestLife);
    if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) {
      _exit(kForbidden);
    }
    raise(SIGSTOP);
    try {
      _exit(body());
    } catch (...) {
      _exit(kThrew);  // never back into the test, which the parent runs
    }
  }
  int status = 0;
  REQUIRE(waitpid(pid_, &status, 0) == pid_);
  is_available_ = WIFSTOPPED(status);
  is_running_ = is_available_;
  if (is_available_) {
    ptrace(PTRACE_SETOPTIONS, pid_, nullptr, PTRACE_O_EXITKILL);
  }
}

TracedChild::~TracedChild() { kill(); }

int TracedChild::go_on(int request) {
  int status = 0;
  if (!is_running_ || ptrace(static_cast<__ptrace_request>(request), pid_, nullptr, nullptr) != 0 ||
      waitpid(pid_, &status, 0) != pid_) {
    return 0;
  }
  is_running_ = WIFSTOPPED(status);
  is_at_mark_ = is_running_ && WSTOPSIG(status) == SIGSTOP;
  return is_running_ ? WSTOPSIG(status) : 0;
}

bool TracedChild::run_to_mark() { return go_on(PTRACE_CONT) == SIGSTOP; }
bool TracedChild::step() { return go_on(PTRACE_SINGLESTEP) == SIGTRAP; }
bool TracedChild::run_to_system_call() { return go_on(PTRACE_SYSCALL) == SIGTRAP; }

void TracedChild::let_go() {
  if (is_running_) {
    ptrace(PTRACE_DETACH, pid_, nullptr, nullptr);
  }
}

std::optional<int> TracedChild::wait() {
  int status = 0;
  const auto has_ended = [&] { return waitpid(pid_, &status, WNOHANG) == pid_; };
  if (!is_running_ || !wait_until(has_ended)) {
    return std::nullopt;
  }
  is_running_ = false;
  return WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

void TracedChild::kill() {
  if (is_running_) {
    ::kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    is_running_ = false;
  }
}

void TracedChild::mark() noexcept { raise(SIGSTOP); }

}  // namespace nitro::test
