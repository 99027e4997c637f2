#include "ext/janitor_launcher.h"

#include <algorithm>
#include <charconv>

namespace nitro::php {
namespace {

// A janitor takes this long to be seen by others, generously.
constexpr Milliseconds kShortestPause{1000};
// Between attempts that fail, so that a missing program costs next to nothing.
constexpr Milliseconds kLongestPause{30'000};

std::string hexadecimal(std::uint64_t number) {
  char digits[16];
  const auto [end, error] = std::to_chars(digits, digits + sizeof(digits), number, 16);
  return {digits, end};
}

}  // namespace

bool JanitorLauncher::see_to(const Store& store) {
  if (!settings_.is_wanted) {
    return store.has_janitor();
  }
  if (store.has_janitor()) {
    attempts_in_vain_ = 0;
    trouble_.clear();
    return true;
  }
  const MonotonicTime now = store.now();
  if (!next_attempt_ || now >= *next_attempt_) {
    start(store);
    wait_longer_after_failure(now);
  }
  return false;
}

void JanitorLauncher::start(const Store& store) {
  std::string program = settings_.path.empty() ? platform::find_nitroctl() : settings_.path;
  if (program.empty()) {
    trouble_ =
        "nitroctl is neither next to the extension nor on the PATH; nitro.janitor_path can name it";
    return;
  }
  trouble_ = platform::why_not_executable(program);
  if (trouble_.empty()) {
    trouble_ = platform::run_until_detached(
        program,
        {"janitor", "--cache", store.facts().name, "--abi", hexadecimal(store.facts().value_abi),
         "--idle-timeout", std::to_string(settings_.idle_timeout_seconds), "--detach"});
  }
}

// 1, 2, 4 … 30 seconds: a janitor that was killed is replaced soon, one that never comes up is not
// started all the time.
void JanitorLauncher::wait_longer_after_failure(MonotonicTime now) {
  const int doublings = std::min(attempts_in_vain_++, 5);
  const Milliseconds grown{std::min(kShortestPause.value << doublings, kLongestPause.value)};
  const Milliseconds pause = trouble_.empty() ? grown : kLongestPause;
  next_attempt_ = deadline_after(now, pause);
}

}  // namespace nitro::php
