// The first page of a segment: who made it, for whom, and whether it may still be used.
#pragma once

#include <array>
#include <cstdint>

#include "core/segment/shared_type.h"

namespace nitro {

// A segment's life is one word:
//
//   making -> ready -> condemned
//
// Invariants
//  1. While `making`, the creator holds the guard byte of the lock file. A segment that is making
//     and whose guard nobody holds is half-made: whoever takes the guard may replace it.
//  2. `ready` is stored with release after every other field of the header, and never taken back
//     but by `condemned`.
//  3. `condemned` is stored before the name goes. It is never left again: attach anew.
enum class SegmentState : std::uint32_t { kMaking = 0, kReady = 1, kCondemned = 2 };

inline constexpr std::uint64_t kSegmentMagic = 0x3165686361436f4eU;  // "NoCache1"

struct alignas(kCacheLine) SegmentHeader {
  // Read by every call. Written at birth and at death, so the line stays shared by all cores.
  SharedAtomic<std::uint32_t> state;
  std::uint32_t reserved;
  std::uint64_t magic;
  std::uint64_t core_layout;   // sizes and offsets of the shared types, byte order, version
  std::uint64_t value_abi;     // facts about the values inside, opaque to the core
  std::uint64_t size;          // of the whole segment
  std::uint64_t entry_size;    // memory per index slot; with `size` it gives the geometry
  std::uint64_t home_address;  // where the creator mapped it; 0: nowhere in particular
  std::uint64_t hash_seed;

  std::int64_t created_at;                       // wall clock, seconds; for display
  std::array<char, 72> name;                     // the cache's name, NUL-terminated
  std::array<char, 24> maker;                    // e.g. "PHP 8.2.36", NUL-terminated
  SharedAtomic<std::int64_t> janitor_pid;        // for display; the kernel knows whether it lives
  SharedAtomic<std::int64_t> janitor_heartbeat;  // wall clock, seconds, of its last round
  SharedAtomic<std::uint64_t>
      refused_calls;  // calls that found no row, hence no counter of their own
};

static_assert(SharedType<SegmentHeader>);
static_assert(sizeof(SegmentHeader) == 3 * kCacheLine,
              "attached builds break: bump kLayoutVersion");

// `state` is the header's of a segment that this process is attached to.
[[nodiscard]] inline bool is_condemned(const SharedAtomic<std::uint32_t>& state) noexcept {
  // Relaxed: a call that misses the news uses the old segment once more, which is still mapped.
  // Whatever else is found there: it was ready once, and nothing but the end follows that.
  return state.load(std::memory_order_relaxed) != static_cast<std::uint32_t>(SegmentState::kReady);
}

// Bytes of the lock file. They lie far beyond the end of any segment, since on Linux the
// shared-memory object is its own lock file.
inline constexpr std::uint64_t kLockFileBase = std::uint64_t{1} << 40;
inline constexpr std::uint64_t kGuardByte = kLockFileBase;          // creating, removing
inline constexpr std::uint64_t kJanitorByte = kLockFileBase + 1;    // the janitor's seat
inline constexpr std::uint64_t kFirstRowByte = kLockFileBase + 64;  // one per row

// Everybody sees it with his next call, and attaches anew.
inline void condemn(SegmentHeader& header) noexcept {
  header.state.store(static_cast<std::uint32_t>(SegmentState::kCondemned),
                     std::memory_order_seq_cst);
}

}  // namespace nitro
