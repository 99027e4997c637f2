// Unlinks every entry of a cache; the cache itself stays.
#include "nitroctl/command.h"
#include "nitroctl/open_cache.h"

namespace nitro::ctl {
namespace {

class ClearCommand final : public Command {
 public:
  [[nodiscard]] std::string name() const override { return "clear"; }
  [[nodiscard]] std::string purpose() const override { return "Remove every entry of a cache"; }

  [[nodiscard]] ExitCode run(const CacheChoice& choice) override {
    auto store = open_cache(choice);
    if (!store) {
      return cannot(store.error().message);
    }
    Session session(store.value());
    if (!session.clear()) {
      return cannot(
          "Part of the cache stayed: a stripe was locked for too long. Try again; "
          "\"nitroctl stats\" counts lock time-outs.");
    }
    std::cout << "Cleared cache \"" << choice.name << "\".\n";
    return ExitCode::kFine;
  }
};

}  // namespace

std::unique_ptr<Command> make_clear_command() { return std::make_unique<ClearCommand>(); }

}  // namespace nitro::ctl
