// Prints what a cache holds and what happened in it, for people or for programs.
#include <array>
#include <cstdio>
#include <ctime>
#include <iomanip>

#include <CLI/App.hpp>
#include <nlohmann/json.hpp>

#include "nitroctl/command.h"
#include "nitroctl/open_cache.h"
#include "nitroctl/printing.h"

namespace nitro::ctl {
namespace {

// The names are those of NitroCache::getStats().
nlohmann::ordered_json as_json(const Store& store) {
  const StoreFacts& facts = store.facts();
  const Statistics statistics = store.statistics();
  return {
      {"name", facts.name},
      {"segment", facts.segment_name},
      {"maker", facts.maker},
      {"value_abi", abi_text(facts.value_abi)},
      {"created_at", facts.created_at},
      {"at_home", facts.at_home},
      {"janitor_pid", store.janitor_pid()},
      {"janitor_heartbeat", store.janitor_heartbeat()},
      {"usage_bytes", statistics.usage.value},
      {"dead_bytes", statistics.dead().value},
      {"free_bytes", statistics.free.value},
      {"held_bytes", statistics.held.value},
      {"probation_bytes", statistics.probation.value},
      {"pinned_bytes", statistics.pinned.value},
      {"reserved_bytes", statistics.reserved.value},
      {"capacity_bytes", statistics.capacity.value},
      {"max_bytes", statistics.segment_size.value},
      {"largest_value", longest_string(statistics.largest_value).value},
      {"entries", statistics.entries},
      {"hits", statistics.hits},
      {"misses", statistics.misses},
      {"sets", statistics.sets},
      {"deletes", statistics.deletes},
      {"evictions", statistics.evictions},
      {"evictions_full_bucket", statistics.evictions_full_bucket},
      {"expired", statistics.expired},
      {"failed_sets", statistics.failed_sets},
      {"moved_bytes", statistics.moved_bytes},
      {"pins", statistics.pins},
      {"copies", statistics.copies},
      {"lock_waits", statistics.lock_waits},
      {"lock_timeouts", statistics.lock_timeouts},
      {"recoveries", statistics.recoveries},
      {"guest_calls", statistics.guest_calls},
      {"refused_calls", statistics.refused_calls},
      {"named_locks", statistics.named_locks},
      {"stripes", statistics.stripes},
      {"rows_used", statistics.rows_used},
      {"rows", statistics.rows},
  };
}

std::string date_text(std::int64_t seconds) {
  const auto moment = static_cast<std::time_t>(seconds);
  std::array<char, 32> text{};
  const std::tm* const local = std::localtime(&moment);  // nitroctl has one thread
  if (local == nullptr ||
      std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", local) == 0) {
    return "an unknown date";
  }
  return text.data();
}

std::string share_text(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) {
    return "";
  }
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), " (%.1f %%)",
                100.0 * static_cast<double>(part) / static_cast<double>(whole));
  return text.data();
}

void print_line(const char* label, const std::string& text) {
  std::cout << std::left << std::setw(24) << label << text << '\n';
}

void print_line(const char* label, std::uint64_t number) {
  print_line(label, std::to_string(number));
}

void print_identity(const Store& store) {
  const StoreFacts& facts = store.facts();
  const std::int64_t janitor = store.janitor_pid();
  print_line("cache", facts.name);
  print_line("segment", facts.segment_name);
  print_line("made", "by " + facts.maker + " at " + date_text(facts.created_at));
  print_line("value ABI", abi_text(facts.value_abi));
  print_line("at its home address", facts.at_home ? "yes" : "no");
  print_line("janitor", janitor == 0 ? "none" : "process " + std::to_string(janitor));
}

void print_memory(const Statistics& statistics) {
  print_line("entries", statistics.entries);
  print_line("used by entries", size_text(statistics.usage) + " of " +
                                    size_text(statistics.capacity) +
                                    share_text(statistics.usage.value, statistics.capacity.value));
  print_line("free", size_text(statistics.free));
  print_line("dead", size_text(statistics.dead()));
  print_line("pinned", size_text(statistics.pinned));
  print_line("segment size", size_text(statistics.segment_size));
  print_line("largest value", size_text(longest_string(statistics.largest_value)));
  print_line("stripes", statistics.stripes);
  print_line("process rows",
             std::to_string(statistics.rows_used) + " of " + std::to_string(statistics.rows));
  print_line("named locks", statistics.named_locks);
}

void print_history(const Statistics& statistics) {
  const std::uint64_t reads = statistics.hits + statistics.misses;
  print_line("hits", std::to_string(statistics.hits) + share_text(statistics.hits, reads));
  print_line("misses", statistics.misses);
  print_line("sets", statistics.sets);
  print_line("sets that failed", statistics.failed_sets);
  print_line("deletes", statistics.deletes);
  print_line("expired", statistics.expired);
  print_line("evictions", statistics.evictions);
  print_line("  by full buckets", statistics.evictions_full_bucket);
  print_line("moved to make room", size_text(ByteCount{statistics.moved_bytes}));
  print_line("values read in place", statistics.pins);
  print_line("copied for want of pins", statistics.copies);
  print_line("lock waits", statistics.lock_waits);
  print_line("lock time-outs", statistics.lock_timeouts);
  print_line("locks of dead owners", statistics.recoveries);
  print_line("calls as a guest", statistics.guest_calls);
  print_line("calls refused", statistics.refused_calls);
}

class StatsCommand final : public Command {
 public:
  [[nodiscard]] std::string name() const override { return "stats"; }
  [[nodiscard]] std::string purpose() const override {
    return "Show what a cache holds and what happened in it";
  }

  void add_options(CLI::App& parser) override {
    parser.add_flag("--json", as_json_, "For programs: the names of NitroCache::getStats()");
  }

  [[nodiscard]] ExitCode run(const CacheChoice& choice) override {
    auto opened = open_cache(choice);
    if (!opened) {
      return cannot(opened.error().message);
    }
    const Store& store = *opened.value();
    if (as_json_) {
      // The maker's name comes from memory that others write: not always UTF-8.
      std::cout << as_json(store).dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
                << '\n';
      return ExitCode::kFine;
    }
    const Statistics statistics = store.statistics();
    print_identity(store);
    std::cout << '\n';
    print_memory(statistics);
    std::cout << '\n';
    print_history(statistics);
    return ExitCode::kFine;
  }

 private:
  bool as_json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_stats_command() { return std::make_unique<StatsCommand>(); }

}  // namespace nitro::ctl
