// Writes what is stored under one key to stdout.
#include <optional>

#include <CLI/App.hpp>

#include "nitroctl/command.h"
#include "nitroctl/escaping.h"
#include "nitroctl/open_cache.h"
#include "nitroctl/printing.h"

namespace nitro::ctl {
namespace {

std::string describe(const Entry& entry, MonotonicTime now) {
  const ByteCount size = payload_size(entry.kind, ByteCount{entry.bytes.size()});
  return "kind  " + kind_name(entry.kind) + "\nsize  " + std::to_string(size.value) + "\nttl   " +
         remaining_text(entry.deadline, now, "-") + '\n';
}

class GetCommand final : public Command {
 public:
  [[nodiscard]] std::string name() const override { return "get"; }
  [[nodiscard]] std::string purpose() const override {
    return "Write a value: a string as it is, a number, bool or null as var_dump() does";
  }

  void add_options(CLI::App& parser) override {
    parser.add_option("KEY", key_, "The key; after -- when it begins with a dash")->required();
    parser.add_flag("--escaped", is_escaped_, "KEY is written as the subcommand keys prints it");
    parser.add_flag("--info", info_, "Print kind, size in bytes and remaining seconds instead");
    parser.footer("Counts as a use of the entry. Exit code 1: there is no such key.");
  }

  [[nodiscard]] ExitCode run(const CacheChoice& choice) override {
    const auto key = is_escaped_ ? unescape(key_) : std::optional(key_);
    if (!key) {
      return cannot(
          "KEY is not in escaped form: a backslash is written \\\\, any other byte \\xNN.");
    }
    auto store = open_cache(choice);
    if (!store) {
      return cannot(store.error().message);
    }
    const auto text = copy(store.value(), *key);
    if (!text) {
      std::cerr << "nitroctl: There is no key \"" << escape(*key) << "\" in cache \"" << choice.name
                << "\".\n";
      return ExitCode::kFinding;
    }
    if (needs_php_) {
      return cannot(
          "Compressed strings, arrays, objects and rate limits are for PHP: read them with PHP, or "
          "ask for --info.");
    }
    std::cout.write(text->data(), static_cast<std::streamsize>(text->size()));
    return ExitCode::kFine;
  }

 private:
  // The session is over when this returns: a reader of our output that stalls must not keep the
  // entry's memory.
  [[nodiscard]] std::optional<std::string> copy(const std::shared_ptr<Store>& store,
                                                std::string_view key) {
    Session session(store);
    const auto entry = session.find(key);
    if (!entry) {
      return std::nullopt;
    }
    needs_php_ = !info_ && needs_php(entry->kind);
    std::string text = info_ || needs_php_ ? describe(*entry, store->now()) : value_text(*entry);
    session.release();
    return text;
  }

  std::string key_;
  bool is_escaped_ = false;
  bool info_ = false;
  bool needs_php_ = false;  // the value is not for us to print
};

}  // namespace

std::unique_ptr<Command> make_get_command() { return std::make_unique<GetCommand>(); }

}  // namespace nitro::ctl
