// Lists the keys of a cache, sorted, each once.
#include "core/store/keys.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <CLI/App.hpp>

#include "nitroctl/command.h"
#include "nitroctl/escaping.h"
#include "nitroctl/open_cache.h"
#include "nitroctl/printing.h"

namespace nitro::ctl {
namespace {

struct Line {
  std::string key;
  ValueKind kind;
  ByteCount size;
  MonotonicTime deadline;
};

// A key that is removed and stored anew meanwhile may be visited twice.
std::vector<Line> collect(Session& session, std::string_view prefix) {
  std::vector<Line> lines;
  for_each_key(session, prefix, [&](const KeyListing& listing) {
    lines.push_back({std::string(listing.key), listing.kind,
                     payload_size(listing.kind, listing.value_size), listing.deadline});
  });
  std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.key < b.key; });
  lines.erase(std::unique(lines.begin(), lines.end(),
                          [](const Line& a, const Line& b) { return a.key == b.key; }),
              lines.end());
  return lines;
}

class KeysCommand final : public Command {
 public:
  [[nodiscard]] std::string name() const override { return "keys"; }
  [[nodiscard]] std::string purpose() const override { return "List the keys, one per line"; }

  void add_options(CLI::App& parser) override {
    parser.add_option("PREFIX", prefix_, "Only keys that begin with it");
    parser.add_flag("--escaped", is_escaped_, "PREFIX is written as keys are printed");
    auto* const with_null = parser.add_flag(
        "--null", with_null_, "Write the keys' bytes as they are, each followed by a NUL byte");
    parser
        .add_flag("--long", is_long_,
                  "Kind, size in bytes, remaining seconds (- for ever) and key, between tabs")
        ->excludes(with_null);
    parser.footer(
        "Control characters and bytes that are not UTF-8 are printed as \\xNN, a backslash as "
        "\\\\;\n"
        "\"nitroctl get --escaped\" takes that form. Keys may contain NUL bytes, so the output of\n"
        "--null is exact only for caches whose keys do not.");
  }

  [[nodiscard]] ExitCode run(const CacheChoice& choice) override {
    const auto prefix = is_escaped_ ? unescape(prefix_) : std::optional(prefix_);
    if (!prefix) {
      return cannot(
          "PREFIX is not in escaped form: a backslash is written \\\\, any other byte \\xNN.");
    }
    auto store = open_cache(choice);
    if (!store) {
      return cannot(store.error().message);
    }
    Session session(store.value());
    const std::vector<Line> lines = collect(session, *prefix);
    const MonotonicTime now = store.value()->now();
    for (const Line& line : lines) {
      print(line, now);
    }
    return ExitCode::kFine;
  }

 private:
  void print(const Line& line, MonotonicTime now) const {
    if (with_null_) {
      std::cout << line.key << '\0';
      return;
    }
    if (is_long_) {
      std::cout << kind_name(line.kind) << '\t' << line.size.value << '\t'
                << remaining_text(line.deadline, now, "-") << '\t';
    }
    std::cout << escape(line.key) << '\n';
  }

  std::string prefix_;
  bool is_escaped_ = false;
  bool with_null_ = false;
  bool is_long_ = false;
};

}  // namespace

std::unique_ptr<Command> make_keys_command() { return std::make_unique<KeysCommand>(); }

}  // namespace nitro::ctl
