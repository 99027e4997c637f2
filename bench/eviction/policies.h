// Every cache that a trace can be replayed on, by name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/eviction/replay.h"

namespace nitro::bench {

// What only the real core has to tell.
struct CoreFacts {
  ByteCount segment;
  ByteCount capacity;
  double moved_per_written = 0;
  std::uint64_t evictions = 0;
  std::uint64_t evictions_full_bucket = 0;
  std::uint64_t failed_sets = 0;
};

struct Outcome {
  HitCount count;
  double seconds = 0;
  std::optional<CoreFacts> core;
};

struct Conditions {
  const Trace& trace;
  ByteCount memory;
  std::uint32_t copies = 1;
  ByteCount core_entry_size;
};

struct Policy {
  std::string name;
  std::string description;
  Outcome (*run)(const Conditions& conditions);
};

[[nodiscard]] const std::vector<Policy>& policies();

}  // namespace nitro::bench
