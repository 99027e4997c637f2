// Walks a cache and prints each broken invariant.
#include "core/store/verify.h"

#include "nitroctl/command.h"
#include "nitroctl/open_cache.h"

namespace nitro::ctl {
namespace {

class VerifyCommand final : public Command {
 public:
  [[nodiscard]] std::string name() const override { return "verify"; }
  [[nodiscard]] std::string purpose() const override {
    return "Look for broken invariants: exit code 1 when there are any";
  }

  [[nodiscard]] ExitCode run(const CacheChoice& choice) override {
    auto store = open_cache(choice);
    if (!store) {
      return cannot(store.error().message);
    }
    Session session(store.value());
    const std::vector<std::string> findings = verify(session);
    for (const std::string& finding : findings) {
      std::cout << finding << '\n';
    }
    if (!findings.empty()) {
      return ExitCode::kFinding;
    }
    std::cout << "sound\n";
    return ExitCode::kFine;
  }
};

}  // namespace

std::unique_ptr<Command> make_verify_command() { return std::make_unique<VerifyCommand>(); }

}  // namespace nitro::ctl
