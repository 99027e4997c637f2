// Replays traces on the real core and on simulated policies with ideal memory, and compares hit
// ratios.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <functional>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "core/store/options.h"

#include "bench/eviction/generated.h"
#include "bench/eviction/policies.h"
#include "bench/eviction/report.h"
#include "bench/eviction/request_file.h"
#include "bench/eviction/trace_files.h"

namespace nitro::bench {
namespace {

struct Choice {
  std::string folder;
  std::vector<std::string> traces;
  std::vector<std::string> policies;
  std::vector<double> shares{0.01, 0.1, 0.3};
  double least_memory = 2;  // MiB
  std::uint64_t entry_size = StoreOptions{}.entry_size.value;
  bool is_rounded = false;
  std::string json;
  std::string requests;
  bool is_list = false;

  [[nodiscard]] ByteCount least_bytes() const noexcept {
    return ByteCount{static_cast<std::uint64_t>(least_memory * (1 << 20))};
  }
};

template <typename T>
std::vector<std::string> names_of(const std::vector<T>& all) {
  std::vector<std::string> names;
  for (const T& each : all) {
    names.push_back(each.name);
  }
  return names;
}

struct Source {
  std::string name;
  std::string description;
  std::function<Trace()> make;
};

// Recorded traces first.
std::vector<Source> sources_of(const Choice& choice) {
  std::vector<Source> sources;
  if (!choice.folder.empty()) {
    for (const TraceFile& file : trace_files_in(choice.folder)) {
      sources.push_back({file.name, file.path.string(), [file] { return read_trace(file); }});
    }
  }
  for (const Generator& generator : generators()) {
    sources.push_back({generator.name, generator.description,
                       [&generator] { return generator.generate(generator.name); }});
  }
  return sources;
}

std::vector<Source> chosen_sources(const Choice& choice) {
  std::vector<Source> sources = sources_of(choice);
  if (choice.traces.empty()) {
    return sources;
  }
  std::vector<Source> chosen;
  for (const std::string& name : choice.traces) {
    const auto found = std::ranges::find(sources, name, &Source::name);
    if (found == sources.end()) {
      throw CLI::ValidationError("--trace", "there is no \"" + name + "\"; --list names them");
    }
    chosen.push_back(*found);
  }
  return chosen;
}

Row planned(const Trace& trace, double share, const Choice& choice) {
  Row row;
  row.trace = trace.name;
  row.footprint = trace.footprint;
  if (trace.has_memory()) {
    row.memory = trace.memory;
    return row;
  }
  row.share = share;
  const double bytes = static_cast<double>(trace.footprint.value) * share;
  const auto least = static_cast<double>(choice.least_bytes().value);
  row.copies = static_cast<std::uint32_t>(std::max(1.0, std::ceil(least / bytes)));
  row.memory = ByteCount{static_cast<std::uint64_t>(bytes * row.copies)};
  if (choice.is_rounded) {
    row.memory = ByteCount{round_up(row.memory.value, (1_MiB).value)};
  }
  return row;
}

void run(Row& row, const Trace& trace, const Choice& choice) {
  const Conditions conditions{trace, row.memory, row.copies, ByteCount{choice.entry_size}};
  for (const Policy& policy : policies()) {
    if (std::ranges::find(choice.policies, policy.name) != choice.policies.end()) {
      row.outcomes[policy.name] = policy.run(conditions);
    }
  }
}

void run_all(const Choice& choice) {
  const std::vector<Source> sources = chosen_sources(choice);
  print_notes();
  print_header(choice.policies);
  std::vector<Row> rows;
  for (const Source& source : sources) {
    const Trace trace = source.make();
    const std::size_t row_count = trace.has_memory() ? 1 : choice.shares.size();
    for (std::size_t i = 0; i < row_count; ++i) {
      Row row = planned(trace, choice.shares[i], choice);
      if (!choice.requests.empty()) {
        write_requests(trace, row.copies, choice.requests);
      }
      run(row, trace, choice);
      print(row, choice.policies);
      rows.push_back(std::move(row));
    }
  }
  if (!choice.json.empty()) {
    write_json(rows, choice.json);
  }
}

void list_all(const Choice& choice) {
  std::printf("Traces:\n");
  for (const Source& source : sources_of(choice)) {
    std::printf("  %-12s%s\n", source.name.c_str(), source.description.c_str());
  }
  std::printf("Policies:\n");
  for (const Policy& policy : policies()) {
    std::printf("  %-12s%s\n", policy.name.c_str(), policy.description.c_str());
  }
}

void add_options(CLI::App& parser, Choice& choice) {
  parser.add_option("FOLDER", choice.folder, "Recorded traces: *.trace.xz, *.trace.gz")
      ->check(CLI::ExistingDirectory);
  parser.add_option("--trace", choice.traces, "Only these; --list names them")->delimiter(',');
  parser.add_option("--policy", choice.policies, "Only these; --list names them")
      ->delimiter(',')
      ->check(CLI::IsMember(names_of(policies())));
  parser.add_option("--fraction", choice.shares, "The memory, as shares of a trace's footprint")
      ->delimiter(',')
      ->check(CLI::Range(1e-6, 1.0))
      ->capture_default_str();
  parser
      .add_option("--least-memory", choice.least_memory,
                  "Shares with fewer MiB are enlarged with copies of the trace's keys")
      ->check(CLI::Range(1.1, 1024.0))
      ->capture_default_str();
  parser.add_option("--entry-size", choice.entry_size, "The core's memory per index slot")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  parser.add_flag("--whole-mib", choice.is_rounded,
                  "Round the memory up to whole MiB, which is what servers take");
  parser.add_option(
      "--requests", choice.requests,
      "Write what was replayed last to this file, for other caches: three 32-bit words "
      "a request, key, size, operation");
  parser.add_option("--json", choice.json, "Write the figures to this file, too");
  parser.add_flag("--list", choice.is_list, "Name traces and policies");
}

int run_program(int argc, char** argv) {
  Choice choice;
  CLI::App parser{"Replays access traces on the real core and on simulated policies"};
  add_options(parser, choice);
  try {
    parser.parse(argc, argv);
    if (choice.policies.empty()) {
      choice.policies = names_of(policies());
    }
    choice.is_list ? list_all(choice) : run_all(choice);
    return 0;
  } catch (const CLI::Error& error) {
    return parser.exit(error);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}

}  // namespace
}  // namespace nitro::bench

int main(int argc, char** argv) { return nitro::bench::run_program(argc, argv); }
