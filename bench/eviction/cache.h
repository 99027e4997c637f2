// What traces are replayed on: the real core, or a policy with ideal memory.
#pragma once

#include <cstdint>

#include "bench/eviction/trace.h"

namespace nitro::bench {

// One request, with all that any cache wants to know.
struct Access {
  Key key = 0;
  std::uint32_t value_size = 0;
  std::uint64_t entry_size = 0;  // what ideal memory gives for it
  Tick now = 0;
  Tick lifetime = kNoTick;
  Tick next_get = kNoTick;  // as Trace::next_gets
};

class Cache {
 public:
  virtual ~Cache() = default;
  // True: a hit.
  [[nodiscard]] virtual bool get(const Access& access) = 0;
  virtual void set(const Access& access) = 0;
  virtual void erase(const Access& access) = 0;
};

}  // namespace nitro::bench
