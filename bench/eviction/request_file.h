// A trace for programs that replay it on other caches.
#pragma once

#include <string>

#include "bench/eviction/trace.h"

namespace nitro::bench {

// Each request once for each copy, as replay() does it: key, value size and operation (0: get, and
// set on a miss; 1: set; 2: erase), little-endian words of 32 bits. Throws std::runtime_error, also
// for a trace with lifetimes: other caches do not wait for a trace's time.
void write_requests(const Trace& trace, std::uint32_t copies, const std::string& path);

}  // namespace nitro::bench
