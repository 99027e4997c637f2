// Picks a subcommand, prints help, and turns every ending into an exit code.
#include <charconv>
#include <exception>
#include <utility>
#include <vector>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "nitroctl/command.h"

namespace nitro::ctl {
namespace {

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(make_stats_command());
  commands.push_back(make_keys_command());
  commands.push_back(make_get_command());
  commands.push_back(make_clear_command());
  commands.push_back(make_verify_command());
  commands.push_back(make_destroy_command());
  commands.push_back(make_janitor_command());
  return commands;
}

std::uint64_t abi_from_hex(const std::string& text) {
  std::string_view digits = text;
  if (digits.starts_with("0x")) {
    digits.remove_prefix(2);
  }
  std::uint64_t abi = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stopped_at, error] = std::from_chars(digits.data(), end, abi, 16);
  if (error != std::errc{} || stopped_at != end) {
    throw CLI::ValidationError("--abi", "\"" + text + "\" is not a hexadecimal number of 64 bits");
  }
  return abi;
}

// Before the subcommand and after it: people write both.
void add_cache_options(CLI::App& parser, CacheChoice& choice) {
  parser.add_option("--cache", choice.name, "The cache's name")
      ->type_name("NAME")
      ->capture_default_str();
  parser
      .add_option_function<std::string>(
          "--abi", [&choice](const std::string& text) { choice.abi = abi_from_hex(text); },
          "Which one, when PHP versions have a cache of that name each")
      ->type_name("HEX");
}

class Program {
 public:
  Program() {
    parser_.set_version_flag("--version", "nitroctl " + std::string(kVersion));
    parser_.set_help_flag("-h,--help", "Print help");
    add_cache_options(parser_, choice_);
    for (auto& command : all_commands()) {
      CLI::App* const parser = parser_.add_subcommand(command->name(), command->purpose());
      add_cache_options(*parser, choice_);
      command->add_options(*parser);
      subcommands_.push_back({parser, std::move(command)});
    }
    help_ = parser_.add_subcommand("help", "Print help");
    help_->add_option("SUBCOMMAND", help_topic_, "What to tell about");
    // After the subcommands were made, since they inherit a footer. The maximum of one lets a key
    // be called like a subcommand.
    parser_.require_subcommand(0, 1);
    parser_.footer(
        "\"nitroctl help SUBCOMMAND\" tells more. Exit codes: 0 fine, 1 a finding (a broken\n"
        "invariant, an absent key), 2 it could not be done.");
  }

  ExitCode run(int argument_count, char** arguments) {
    try {
      parser_.parse(argument_count, arguments);
    } catch (const CLI::Success& request) {  // --help, --version
      parser_.exit(request);
      return ExitCode::kFine;
    } catch (const CLI::ParseError& error) {
      const auto rest = parser_.remaining();
      return wrong_usage(parser_.get_subcommands().empty() && !rest.empty()
                             ? '"' + rest.front() + "\" is neither a subcommand nor an option"
                             : error.what());
    }
    if (help_->parsed()) {
      return print_help();
    }
    for (const Subcommand& subcommand : subcommands_) {
      if (subcommand.parser->parsed()) {
        return subcommand.command->run(choice_);
      }
    }
    return wrong_usage("A subcommand is missing");
  }

 private:
  struct Subcommand {
    CLI::App* parser;
    std::unique_ptr<Command> command;
  };

  static ExitCode wrong_usage(const std::string& what) {
    return cannot(what + ". \"nitroctl help\" tells what there is.");
  }

  [[nodiscard]] ExitCode print_help() const {
    if (help_topic_.empty()) {
      // Not parser_.help(): that would be the help of the subcommand that was parsed, this one.
      std::cout << parser_.get_formatter()->make_help(&parser_, "nitroctl",
                                                      CLI::AppFormatMode::Normal);
      return ExitCode::kFine;
    }
    for (const Subcommand& subcommand : subcommands_) {
      if (subcommand.parser->get_name() == help_topic_) {
        std::cout << subcommand.parser->help("nitroctl");
        return ExitCode::kFine;
      }
    }
    return wrong_usage("There is no subcommand \"" + help_topic_ + '"');
  }

  CLI::App parser_{"Looks into NitroCache's caches and tidies them.", "nitroctl"};
  CacheChoice choice_;
  std::vector<Subcommand> subcommands_;
  CLI::App* help_ = nullptr;
  std::string help_topic_;
};

}  // namespace
}  // namespace nitro::ctl

int main(int argument_count, char** arguments) {
  using nitro::ctl::cannot;
  using nitro::ctl::ExitCode;
  try {
    nitro::ctl::Program program;
    ExitCode code = program.run(argument_count, arguments);
    if (!std::cout.flush()) {
      code = cannot("The output could not be written. Is the disk full?");
    }
    return static_cast<int>(code);
  } catch (const std::exception& exception) {
    return static_cast<int>(cannot(exception.what()));
  }
}
