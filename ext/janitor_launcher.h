// Starts the helper process of a cache when there is none. Everything works without it; what stands
// in the way is remembered for phpinfo(), and tried again only now and then.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/store/store.h"

namespace nitro::php {

struct JanitorSettings {
  bool is_wanted = true;
  std::string path;  // of nitroctl; empty: next to this module, or on the PATH
  std::int64_t idle_timeout_seconds = 600;
};

class JanitorLauncher {
 public:
  explicit JanitorLauncher(JanitorSettings settings) : settings_(std::move(settings)) {}

  // Makes sure that a janitor lives, or is on its way. True: one lives.
  bool see_to(const Store& store);

  // Why none could be started; empty when all is well.
  [[nodiscard]] const std::string& trouble() const noexcept { return trouble_; }

 private:
  void start(const Store& store);
  void wait_longer_after_failure(MonotonicTime now);

  JanitorSettings settings_;
  std::string trouble_;
  // Nothing is tried before; without a value nothing was tried yet.
  std::optional<MonotonicTime> next_attempt_;
  int attempts_in_vain_ = 0;
};

// --- What each platform does in its own way: janitor_launcher_posix.cpp,
// janitor_launcher_win32.cpp
namespace platform {

// Where nitroctl is, if it is next to this module or on the PATH; else empty.
[[nodiscard]] std::string find_nitroctl();

// Can this file be run? Empty, or why not.
[[nodiscard]] std::string why_not_executable(const std::string& path);

// Runs `program --detach …` and waits, for a limited time, until it has detached itself. Nothing of
// this process but its environment is handed on. Empty, or what went wrong.
[[nodiscard]] std::string run_until_detached(const std::string& program,
                                             const std::vector<std::string>& arguments);

}  // namespace platform

}  // namespace nitro::php
