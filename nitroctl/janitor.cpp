// The helper process of a cache: tidies while PHP does other things, watches that the cache's name
// still leads to it, and leaves when nobody needs it. Everything works without it.
#include <chrono>
#include <vector>

#include <CLI/App.hpp>

#include "core/store/sweep.h"

#include "nitroctl/command.h"
#include "nitroctl/detach.h"
#include "nitroctl/open_cache.h"
#include "nitroctl/printing.h"
#include "nitroctl/stop_request.h"

namespace nitro::ctl {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Between two looks at everything: how soon a name that somebody removed is noticed.
constexpr milliseconds kTick{1000};
// A sweep of a large cache takes long; it is followed by a pause of so many times its length.
constexpr int kPausePerSweep = 20;

// How long nobody has used the cache. Processes that come and go between two looks leave a trace in
// the counters.
class IdleWatch {
 public:
  explicit IdleWatch(const Store& store) : calls_(calls(store)), last_use_(SteadyClock::now()) {}

  // Requires: the caller has one session, which does not count as somebody.
  [[nodiscard]] SteadyClock::duration look(const Store& store) {
    const std::uint64_t calls_now = calls(store);
    const auto now = SteadyClock::now();
    if (store.attached_rows() > 1 || calls_now != calls_) {
      last_use_ = now;
    }
    calls_ = calls_now;
    return now - last_use_;
  }

 private:
  static std::uint64_t calls(const Store& store) {
    const Statistics statistics = store.statistics();
    return statistics.hits + statistics.misses + statistics.sets + statistics.deletes;
  }

  std::uint64_t calls_;
  SteadyClock::time_point last_use_;
};

// Sweeps at every look, or less often when a sweep takes more than a twentieth of a second.
class SweepPace {
 public:
  void sweep_if_due(Session& session) {
    const auto start = SteadyClock::now();
    if (start < due_) {
      return;
    }
    sweep(session);
    const auto end = SteadyClock::now();
    due_ = end + (end - start) * kPausePerSweep;
  }

 private:
  SteadyClock::time_point due_ = SteadyClock::time_point::min();
};

class JanitorCommand final : public Command {
 public:
  [[nodiscard]] std::string name() const override { return "janitor"; }
  [[nodiscard]] std::string purpose() const override {
    return "Tidy a cache until nobody uses it; PHP starts this by itself";
  }

  void add_options(CLI::App& parser) override {
    parser
        .add_option("--idle-timeout", idle_timeout_,
                    "Leave when nobody has used the cache for so many seconds")
        ->capture_default_str()
        ->check(CLI::Range(0, kLongestTimeout))
        ->type_name("SECONDS");
    parser.add_flag("--remove", remove_,
                    "On leaving for idleness remove the cache even if it holds entries");
    parser.add_flag("--detach", detach_, "Go on in the background");
    parser.footer("Ends at once, with exit code 0, when the cache has a janitor already.");
  }

  [[nodiscard]] ExitCode run(const CacheChoice& choice) override {
    const auto complete = complete_choice(choice);
    if (!complete) {
      return cannot(complete.error().message);
    }
    if (detach_) {
      const auto side = detach(arguments_without_detach(complete.value()));
      if (!side) {
        return cannot(side.error().message);
      }
      if (side.value() == Side::kStarter) {
        return ExitCode::kFine;
      }
    }
    StopRequest stop;
    auto store = open_cache(complete.value());
    if (!store) {
      return cannot(store.error().message);
    }
    if (store.value()->try_take_janitor_seat()) {
      Session session(store.value());
      tidy_until_idle(session, stop);
    }
    return ExitCode::kFine;
  }

 private:
  static constexpr int kLongestTimeout = 365 * 24 * 3600;

  [[nodiscard]] std::vector<std::string> arguments_without_detach(const CacheChoice& choice) const {
    std::vector<std::string> arguments{name(),
                                       "--cache",
                                       choice.name,
                                       "--abi",
                                       abi_text(*choice.abi),
                                       "--idle-timeout",
                                       std::to_string(idle_timeout_)};
    if (remove_) {
      arguments.emplace_back("--remove");
    }
    return arguments;
  }

  void tidy_until_idle(Session& session, StopRequest& stop) const {
    Store& store = session.store();
    IdleWatch idle(store);
    SweepPace pace;
    const auto is_idle = [&] { return idle.look(store) >= seconds(idle_timeout_); };
    do {
      if (store.check_name()) {
        return;
      }
      pace.sweep_if_due(session);
      store.note_janitor_round();
      if (is_idle()) {
        // Entries that have expired since the last sweep do not make a cache worth keeping. This
        // one may take long, and somebody may have come meanwhile.
        sweep(session);
        if (is_idle()) {
          remove_if_not_needed(store);
          return;
        }
      }
    } while (!stop.wait(kTick));
  }

  void remove_if_not_needed(Store& store) const {
    if (remove_ || store.statistics().entries == 0) {
      store.destroy();
    }
  }

  int idle_timeout_ = 600;
  bool remove_ = false;
  bool detach_ = false;
};

}  // namespace

std::unique_ptr<Command> make_janitor_command() { return std::make_unique<JanitorCommand>(); }

}  // namespace nitro::ctl
