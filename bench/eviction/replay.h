// Replays a trace on a cache and counts hits, from the first request on.
#pragma once

#include <cstdint>

#include "bench/eviction/cache.h"

namespace nitro::bench {

struct HitCount {
  std::uint64_t gets = 0;
  std::uint64_t hits = 0;

  [[nodiscard]] double ratio() const noexcept {
    return gets == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(gets);
  }
};

// `copies`: each request is replayed so often in a row, each time for a key of its own. So a small
// trace fills a large cache: with as many times the memory an exact LRU has the same hit ratio.
[[nodiscard]] HitCount replay(const Trace& trace, std::uint32_t copies, Cache& cache);

}  // namespace nitro::bench
