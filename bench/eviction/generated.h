// Traces made by a generator, the same in every run.
#pragma once

#include <string>
#include <vector>

#include "bench/eviction/trace.h"

namespace nitro::bench {

struct Generator {
  std::string name;
  std::string description;
  Trace (*generate)(const std::string& name);
};

[[nodiscard]] const std::vector<Generator>& generators();

}  // namespace nitro::bench
