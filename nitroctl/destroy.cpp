// Gives a cache up: its processes meet in a new, empty one, and its memory goes with the last of
// them.
#include "nitroctl/command.h"
#include "nitroctl/open_cache.h"

namespace nitro::ctl {
namespace {

class DestroyCommand final : public Command {
 public:
  [[nodiscard]] std::string name() const override { return "destroy"; }
  [[nodiscard]] std::string purpose() const override {
    return "Remove a cache; processes that use it go on with a new one";
  }

  [[nodiscard]] ExitCode run(const CacheChoice& choice) override {
    auto store = open_cache(choice);
    if (!store) {
      return cannot(store.error().message);
    }
    store.value()->destroy();
    std::cout << "Destroyed cache \"" << choice.name << "\".\n";
    return ExitCode::kFine;
  }
};

}  // namespace

std::unique_ptr<Command> make_destroy_command() { return std::make_unique<DestroyCommand>(); }

}  // namespace nitro::ctl
