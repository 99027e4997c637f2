// What a subcommand of nitroctl is: a name, a line of help, options of its own, and what it does to
// the cache that was named.
#pragma once

#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace nitro::ctl {

inline constexpr std::string_view kVersion = "0.1.0";

enum class ExitCode : int {
  kFine = 0,
  kFinding = 1,  // it worked and there is something to tell: a broken invariant, an absent key
  kCannot = 2,   // wrong usage, no such cache, no permission
};

// Says on stderr why it did not work. `reason` is whole sentences: the cause and the remedy.
[[nodiscard]] inline ExitCode cannot(std::string_view reason) {
  std::cerr << "nitroctl: " << reason << '\n';
  return ExitCode::kCannot;
}

// Which cache the user means: the options that every subcommand has.
struct CacheChoice {
  std::string name = "default";
  std::optional<std::uint64_t> abi;  // without it the one cache of that name
};

class Command {
 public:
  virtual ~Command() = default;

  [[nodiscard]] virtual std::string name() const = 0;
  // One line for the list of subcommands.
  [[nodiscard]] virtual std::string purpose() const = 0;
  // `parser` fills members of this object, which outlives it.
  virtual void add_options(CLI::App& /*parser*/) {}
  [[nodiscard]] virtual ExitCode run(const CacheChoice& choice) = 0;
};

// One per file of that name.
[[nodiscard]] std::unique_ptr<Command> make_clear_command();
[[nodiscard]] std::unique_ptr<Command> make_destroy_command();
[[nodiscard]] std::unique_ptr<Command> make_get_command();
[[nodiscard]] std::unique_ptr<Command> make_janitor_command();
[[nodiscard]] std::unique_ptr<Command> make_keys_command();
[[nodiscard]] std::unique_ptr<Command> make_stats_command();
[[nodiscard]] std::unique_ptr<Command> make_verify_command();

}  // namespace nitro::ctl
