// What was measured, for people and for programs.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bench/eviction/policies.h"

namespace nitro::bench {

// A trace with one amount of memory.
struct Row {
  std::string trace;
  double share = 0;  // of the footprint; 0: the workload names its memory
  ByteCount footprint;
  ByteCount memory;  // of all copies
  std::uint32_t copies = 1;
  std::map<std::string, Outcome> outcomes;  // by policy
};

void print_notes();
void print_header(const std::vector<std::string>& policies);
void print(const Row& row, const std::vector<std::string>& policies);

// Throws std::runtime_error.
void write_json(const std::vector<Row>& rows, const std::string& path);

}  // namespace nitro::bench
