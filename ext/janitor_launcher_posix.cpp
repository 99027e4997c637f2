#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>
#include <vector>

#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ext/janitor_launcher.h"

#if defined(__APPLE__)
#include <crt_externs.h>
#else
extern char** environ;
#endif

namespace nitro::php::platform {
namespace {

constexpr char kProgram[] = "/nitroctl";

char** environment() {
#if defined(__APPLE__)
  return *_NSGetEnviron();
#else
  return environ;
#endif
}

std::string beside_this_module() {
  static const char inside = 0;
  Dl_info module;
  if (dladdr(&inside, &module) == 0 || module.dli_fname == nullptr) {
    return {};
  }
  const std::string_view file = module.dli_fname;
  const auto slash = file.rfind('/');
  return slash == std::string_view::npos ? std::string()
                                         : std::string(file.substr(0, slash)) + kProgram;
}

std::string on_the_path() {
  const char* path = std::getenv("PATH");
  // A server may have emptied its environment.
  std::string_view rest = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!rest.empty()) {
    const auto colon = rest.find(':');
    std::string candidate = std::string(rest.substr(0, colon)) + kProgram;
    // An empty or relative part would mean the current folder, which a visitor may write to.
    if (candidate.front() == '/' && candidate.size() > sizeof(kProgram) &&
        why_not_executable(candidate).empty()) {
      return candidate;
    }
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
  }
  return {};
}

std::string because(const std::string& what, int error) {
  return what + ": " + std::strerror(error);
}

// Frees what posix_spawn's two descriptions hold.
class SpawnPlan {
 public:
  SpawnPlan() {
    posix_spawn_file_actions_init(&files_);
    posix_spawnattr_init(&attributes_);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  // In a php-fpm worker descriptor 0 is the listening socket; a janitor must not hold it open.
  void hand_on_no_files() {
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
      posix_spawn_file_actions_addopen(&files_, descriptor, "/dev/null", O_RDWR, 0);
    }
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 34)
    posix_spawn_file_actions_addclosefrom_np(&files_, 3);
#endif
  }

  // A terminal's signals are not for the janitor, and what PHP blocks or ignores would survive
  // exec.
  void hand_on_no_signals() {
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
#if defined(POSIX_SPAWN_SETSID)
    flags = static_cast<short>(flags | POSIX_SPAWN_SETSID);
#endif
    posix_spawnattr_setflags(&attributes_, flags);
  }

  // The error number, or 0.
  [[nodiscard]] int run(char* const* arguments, pid_t* child) const {
    return posix_spawn(child, arguments[0], &files_, &attributes_, arguments, environment());
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

// Our child ends as soon as it has detached its own. One that does not is left behind: a request
// does not wait for it.
std::string wait_for(pid_t child, const std::string& program) {
  constexpr timespec kPause{0, 500'000};
  constexpr int kMostPauses = 4000;  // two seconds
  for (int pauses = 0; pauses < kMostPauses; ++pauses) {
    int status = 0;
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child) {
      if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        return {};
      }
      return program + (WIFEXITED(status)
                            ? " ended with exit code " + std::to_string(WEXITSTATUS(status))
                            : " was ended by signal " + std::to_string(WTERMSIG(status)));
    }
    if (ended < 0 && errno == ECHILD) {
      return {};  // somebody who ignores or collects all children was faster
    }
    nanosleep(&kPause, nullptr);
  }
  return program + " has not detached itself within two seconds";
}

}  // namespace

std::string why_not_executable(const std::string& path) {
  struct stat file;
  if (stat(path.c_str(), &file) != 0) {
    return because(path, errno);
  }
  if (!S_ISREG(file.st_mode)) {
    return path + " is not a file";
  }
  return access(path.c_str(), X_OK) == 0 ? std::string() : because(path, errno);
}

std::string find_nitroctl() {
  std::string beside = beside_this_module();
  if (!beside.empty() && why_not_executable(beside).empty()) {
    return beside;
  }
  return on_the_path();
}

std::string run_until_detached(const std::string& program,
                               const std::vector<std::string>& arguments) {
  std::vector<char*> pointers{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) {
    pointers.push_back(const_cast<char*>(argument.c_str()));
  }
  pointers.push_back(nullptr);

  SpawnPlan plan;
  plan.hand_on_no_files();
  plan.hand_on_no_signals();
  pid_t child = 0;
  if (const int error = plan.run(pointers.data(), &child); error != 0) {
    return because(program + " could not be started", error);
  }
  return wait_for(child, program);
}

}  // namespace nitro::php::platform
