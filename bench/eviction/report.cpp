#include "bench/eviction/report.h"

#include <cstdio>
#include <fstream>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "bench/support/entries.h"

namespace nitro::bench {

namespace {

using nlohmann::ordered_json;

std::string share_text(const Row& row) {
  if (row.share == 0) {
    return "fixed";
  }
  char text[16];
  std::snprintf(text, sizeof(text), "%g %%", row.share * 100);
  return text;
}

const Outcome* outcome_of(const Row& row, const std::string& policy) {
  const auto found = row.outcomes.find(policy);
  return found == row.outcomes.end() ? nullptr : &found->second;
}

// Points of hit ratio by which the core is better than the LRU.
void print_difference(const Row& row, const char* policy) {
  const Outcome* lru = outcome_of(row, "lru");
  const Outcome* core = outcome_of(row, policy);
  if (lru == nullptr || core == nullptr) {
    std::printf("%10s", "");
  } else {
    std::printf("%+10.2f", (core->count.ratio() - lru->count.ratio()) * 100);
  }
}

ordered_json json_of(const Outcome& outcome) {
  ordered_json json;
  json["hit_ratio"] = outcome.count.ratio();
  json["gets"] = outcome.count.gets;
  json["hits"] = outcome.count.hits;
  json["seconds"] = outcome.seconds;
  if (outcome.core) {
    json["segment_bytes"] = outcome.core->segment.value;
    json["capacity_bytes"] = outcome.core->capacity.value;
    json["moved_per_written"] = outcome.core->moved_per_written;
    json["evictions"] = outcome.core->evictions;
    json["evictions_full_bucket"] = outcome.core->evictions_full_bucket;
    json["failed_sets"] = outcome.core->failed_sets;
  }
  return json;
}

ordered_json json_of(const Row& row) {
  ordered_json json;
  json["trace"] = row.trace;
  json["share"] = row.share == 0 ? ordered_json() : ordered_json(row.share);
  json["footprint_bytes"] = row.footprint.value;
  json["memory_bytes"] = row.memory.value;
  json["copies"] = row.copies;
  for (const auto& [policy, outcome] : row.outcomes) {
    json["policies"][policy] = json_of(outcome);
  }
  return json;
}

}  // namespace

void print_notes() {
  std::printf(
      "Hit ratios in %%, over the whole trace, its beginning included. lru, s3-fifo and belady have "
      "ideal\n"
      "memory: an entry takes its bytes and no more, which are those of a block of the core (header "
      "24,\n"
      "key %llu, value, rounded to 8 and 16), except with \"fixed\" memory, where it takes its value's "
      "alone.\n"
      "core: the rings have that memory; segment: the whole segment has it. belady evicts what is "
      "used\n"
      "furthest in the future: the optimum for equal sizes, a good guess for unequal ones. Where a "
      "share of\n"
      "the footprint is small, the trace is replayed for so many copies of its keys, each request for "
      "each\n"
      "copy in a row, in so many times the memory. moved: bytes that the core moved per byte "
      "written.\n\n",
      static_cast<unsigned long long>(kKeyLength));
}

void print_header(const std::vector<std::string>& policies) {
  std::printf("%-12s%8s%9s%8s", "trace", "share", "MiB", "copies");
  for (const std::string& policy : policies) {
    std::printf("%9s", policy.c_str());
  }
  std::printf("%10s%10s%8s\n", "core-lru", "seg.-lru", "moved");
}

void print(const Row& row, const std::vector<std::string>& policies) {
  std::printf("%-12s%8s%9.2f%8u", row.trace.c_str(), share_text(row).c_str(),
              static_cast<double>(row.memory.value) / (1 << 20), row.copies);
  for (const std::string& policy : policies) {
    std::printf("%9.2f", outcome_of(row, policy)->count.ratio() * 100);
  }
  print_difference(row, "core");
  print_difference(row, "segment");
  for (const char* policy : {"core", "segment"}) {
    if (const Outcome* outcome = outcome_of(row, policy)) {
      std::printf("%8.3f", outcome->core->moved_per_written);
      break;
    }
  }
  std::printf("\n");
  std::fflush(stdout);
}

void write_json(const std::vector<Row>& rows, const std::string& path) {
  ordered_json json;
  json["rows"] = ordered_json::array();
  for (const Row& row : rows) {
    json["rows"].push_back(json_of(row));
  }
  std::ofstream file(path);
  file << json.dump(2) << '\n';
  if (!file.flush()) {
    throw std::runtime_error(path + " could not be written");
  }
}

}  // namespace nitro::bench
