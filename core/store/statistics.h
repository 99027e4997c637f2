// What happened in a cache since it was made, and what is in it now.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/base/units.h"

namespace nitro {

// Of one stripe; a moment old, and each number by itself.
struct StripeStatistics {
  std::uint64_t entries = 0;  // linked, expired ones that nobody has unlinked yet included
  ByteCount usage;            // bytes of those entries, headers and keys included
  ByteCount ring;             // what entries can use
  ByteCount reserved;         // of the ring, what has memory behind it so far
  ByteCount free;             // of the ring, in front of the hand, or never used
  ByteCount held;             // no entry's any more, but seen in use when room was made lately
  ByteCount pinned;           // of entries that are in use in place, as far as is counted
  ByteCount probation;        // of the ring, for keys that were stored for the first time lately
  std::uint64_t hand = 0;     // where in the ring the next entry of the others goes
};

struct Statistics {
  // Counted per process, summed when asked: a moment old, nothing worse.
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::uint64_t sets = 0;
  std::uint64_t deletes = 0;
  std::uint64_t evictions = 0;              // all reasons
  std::uint64_t evictions_full_bucket = 0;  // of these, because both index buckets were full
  std::uint64_t expired = 0;                // entries unlinked after their deadline
  std::uint64_t failed_sets = 0;            // set() that gave false
  std::uint64_t moved_bytes = 0;            // survivors copied to make room
  std::uint64_t pins = 0;                   // values handed out in place
  std::uint64_t copies = 0;                 // large values copied because a pin was not to be had
  std::uint64_t lock_waits = 0;
  std::uint64_t lock_timeouts = 0;
  std::uint64_t recoveries = 0;     // locks taken over from a dead owner
  std::uint64_t guest_calls = 0;    // calls of processes that found the process table full
  std::uint64_t refused_calls = 0;  // of these, found no guest row either: a miss or a false

  // Of all stripes.
  std::uint64_t entries = 0;
  ByteCount usage;
  ByteCount capacity;  // bytes of all rings
  ByteCount reserved;
  ByteCount free;
  ByteCount held;
  ByteCount probation;
  ByteCount pinned;
  // Of the capacity, what was an entry's and is neither used nor free; not below 0, though the
  // numbers are of different moments.
  [[nodiscard]] ByteCount dead() const noexcept {
    const ByteCount others = usage + free;
    return capacity - std::min(others, capacity);
  }

  std::uint32_t named_locks = 0;  // held by somebody who is alive
  ByteCount segment_size;         // everything: tables, index, rings
  ByteCount largest_value;        // a value with an empty key, at most
  std::uint32_t stripes = 0;
  std::uint32_t rows_used = 0;
  std::uint32_t rows = 0;
};

}  // namespace nitro
