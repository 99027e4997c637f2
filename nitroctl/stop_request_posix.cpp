#include <csignal>

#include <sys/select.h>

#include "nitroctl/stop_request.h"

namespace nitro::ctl {
namespace {

constexpr int kSignals[] = {SIGTERM, SIGINT, SIGHUP};

volatile std::sig_atomic_t stop_requested = 0;

void remember(int /*signal*/) { stop_requested = 1; }

sigset_t our_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : kSignals) {
    sigaddset(&signals, signal);
  }
  return signals;
}

void handle_with(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  for (const int signal : kSignals) {
    sigaction(signal, &action, nullptr);
  }
}

}  // namespace

// Blocked except inside pselect(), which lets them in and sleeps in one step: no signal falls
// between the look and the sleep.
StopRequest::StopRequest() noexcept {
  const sigset_t signals = our_signals();
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  handle_with(remember);
}

StopRequest::~StopRequest() {
  handle_with(SIG_DFL);
  const sigset_t signals = our_signals();
  sigprocmask(SIG_UNBLOCK, &signals, nullptr);
}

bool StopRequest::wait(std::chrono::milliseconds limit) noexcept {
  sigset_t during_the_sleep;
  sigprocmask(SIG_SETMASK, nullptr, &during_the_sleep);
  for (const int signal : kSignals) {
    sigdelset(&during_the_sleep, signal);
  }
  const auto milliseconds = limit.count() > 0 ? limit.count() : 0;
  timespec timeout{};
  timeout.tv_sec = static_cast<std::time_t>(milliseconds / 1000);
  timeout.tv_nsec = static_cast<long>(milliseconds % 1000) * 1'000'000;
  pselect(0, nullptr, nullptr, nullptr, &timeout, &during_the_sleep);
  return stop_requested != 0;
}

}  // namespace nitro::ctl
