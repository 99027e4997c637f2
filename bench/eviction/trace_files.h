// Recorded traces, one a file:
//
//   NAME.trace.xz  big-endian 32-bit keys
//   NAME.trace.gz  a decimal key a line; other lines are skipped
//
// They say which keys were asked for and nothing else, so each request is a get.
#pragma once

#include <filesystem>
#include <vector>

#include "bench/eviction/trace.h"

namespace nitro::bench {

struct TraceFile {
  std::string name;
  std::filesystem::path path;
};

// By name. Throws std::filesystem::filesystem_error.
[[nodiscard]] std::vector<TraceFile> trace_files_in(const std::filesystem::path& folder);

// Throws std::runtime_error.
[[nodiscard]] Trace read_trace(const TraceFile& file);

}  // namespace nitro::bench
