#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#endif

#include "nitroctl/detach.h"

namespace nitro::ctl {
namespace {

// A web server's listening socket that we kept open would keep its port taken.
void close_descriptors_from(int first) {
#if defined(SYS_close_range)
  if (syscall(SYS_close_range, static_cast<unsigned>(first), ~0U, 0U) == 0) {
    return;
  }
#endif
  // The limit may be a billion, or none (-1); descriptors are handed out from the lowest.
  constexpr long kFarEnough = 65536;
  const long allowed = sysconf(_SC_OPEN_MAX);
  const long limit = allowed < 0 ? kFarEnough : std::min(allowed, kFarEnough);
  for (int descriptor = first; descriptor < limit; ++descriptor) {
    close(descriptor);
  }
}

// PHP and its server ignore or block some signals, and both survive exec.
void reset_signals() {
  for (int signal = 1; signal < NSIG; ++signal) {
    std::signal(signal, SIG_DFL);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

void forget_surroundings(int null_device) {
  reset_signals();
  umask(077);
  // Not fatal: a directory that cannot be left only keeps its file system busy.
  [[maybe_unused]] const int result = chdir("/");
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    dup2(null_device, descriptor);
  }
  close_descriptors_from(3);
}

Error failed(const char* what) {
  return {ErrorKind::kSystem, std::string("Cannot detach: ") + what + " failed (" +
                                  std::strerror(errno) + "). Run without --detach."};
}

// The process in between leads the new session and ends at once, so that the one that stays leads
// none and can never get a terminal.
[[noreturn]] void end_between(bool is_fine) { _exit(is_fine ? 0 : 1); }

}  // namespace

Result<Side> detach(const std::vector<std::string>& /*arguments*/) {
  const int null_device = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null_device < 0) {
    return failed("opening /dev/null");
  }
  const pid_t between = fork();
  if (between < 0) {
    return failed("fork");
  }
  if (between > 0) {
    close(null_device);
    int status = 0;
    while (waitpid(between, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
      return Side::kStarter;
    }
    return Error{ErrorKind::kSystem,
                 "Cannot detach: no second process could be started. Run without --detach."};
  }
  setsid();
  const pid_t detached = fork();
  if (detached != 0) {
    end_between(detached > 0);
  }
  forget_surroundings(null_device);
  return Side::kDetached;
}

}  // namespace nitro::ctl
