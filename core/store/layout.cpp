#include "core/store/layout.h"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "core/process/lock_table.h"
#include "core/process/process_table.h"
#include "core/segment/header.h"
#include "core/store/options.h"
#include "core/store/value.h"
#include "core/stripe/stripe.h"

namespace nitro {

namespace {

constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kBytesPerStripe = 32 << 20;
constexpr std::uint64_t kFewestStripes = 4;
constexpr std::uint64_t kMostStripes = 64;
// One version of a tag for so much memory: so a thousand tags of a cache of 128 MiB share few.
constexpr std::uint64_t kBytesPerTag = 2 * 1024;
constexpr std::uint64_t kMostTags = 1 << 20;
// A ring that cannot hold a slack and a value or two is of no use.
constexpr std::uint64_t kSmallestRing = 64 * 1024;

static_assert(kMostStripes <= 64, "a row's mask of stripes has a bit each");
static_assert(kBucketsPerGroup * sizeof(Bucket) == kPage, "a key's two buckets lie in one page");

}  // namespace

std::uint64_t core_layout() noexcept {
  std::uint64_t print = kLayoutVersion;
  for (const std::uint64_t fact : {std::uint64_t{std::endian::native == std::endian::little},
                                   std::uint64_t{sizeof(void*)},
                                   std::uint64_t{kCacheLine},
                                   std::uint64_t{sizeof(SegmentHeader)},
                                   std::uint64_t{offsetof(SegmentHeader, hash_seed)},
                                   std::uint64_t{offsetof(SegmentHeader, janitor_pid)},
                                   std::uint64_t{sizeof(Row)},
                                   std::uint64_t{offsetof(Row, counters)},
                                   std::uint64_t{offsetof(Row, pins)},
                                   std::uint64_t{sizeof(ProcessTableState)},
                                   std::uint64_t{offsetof(ProcessTableState, rows)},
                                   std::uint64_t{kRowCount},
                                   std::uint64_t{kGuestRows},
                                   std::uint64_t{sizeof(LockTableState)},
                                   std::uint64_t{sizeof(Extras)},
                                   std::uint64_t{sizeof(TagMark)},
                                   kBytesPerTag,
                                   kMostTags,
                                   kPinUnit,
                                   std::uint64_t{sizeof(StripeState)},
                                   std::uint64_t{offsetof(StripeState, ring)},
                                   std::uint64_t{offsetof(StripeState, journal)},
                                   std::uint64_t{sizeof(Bucket)},
                                   std::uint64_t{sizeof(HistoryWord)},
                                   kBucketsPerGroup,
                                   std::uint64_t{sizeof(Block)},
                                   std::uint64_t{offsetof(Block, deadline)},
                                   kBlockUnit,
                                   kBytesPerStripe,
                                   kFewestStripes,
                                   kMostStripes,
                                   kPage,
                                   std::uint64_t{kEngineStringHeader}}) {
    print = (print ^ fact) * 0x9e3779b97f4a7c15U;
    print ^= print >> 29;
  }
  return print;
}

std::optional<Geometry> geometry_for(ByteCount size, std::uint64_t entry_size) noexcept {
  if (size < kSmallestSegment || size > kLargestSegment || entry_size == 0) {
    return std::nullopt;
  }
  Geometry geometry;
  geometry.size = size.value;
  geometry.stripe_count = static_cast<std::uint32_t>(
      std::clamp(std::bit_ceil(size.value / kBytesPerStripe), kFewestStripes, kMostStripes));
  geometry.buckets_per_stripe =
      std::max(kBucketsPerGroup,
               round_down(size.value / entry_size / kSlotsPerBucket / geometry.stripe_count,
                          kBucketsPerGroup));

  const std::uint64_t buckets = geometry.buckets_per_stripe * geometry.stripe_count;
  geometry.table_offset = kPage;
  geometry.locks_offset = round_up(geometry.table_offset + sizeof(ProcessTableState), kCacheLine);
  geometry.tags_offset = round_up(geometry.locks_offset + sizeof(LockTableState), kCacheLine);
  geometry.tag_count = std::min(std::bit_floor(size.value / kBytesPerTag), kMostTags);
  geometry.stripes_offset =
      round_up(geometry.tags_offset + geometry.tag_count * sizeof(TagVersion), kCacheLine);
  geometry.history_offset = geometry.stripes_offset + geometry.stripe_count * sizeof(StripeState);
  geometry.buckets_offset =
      round_up(geometry.history_offset + buckets * sizeof(HistoryWord), kPage);
  geometry.rings_offset = round_up(geometry.buckets_offset + buckets * sizeof(Bucket), kPage);
  if (geometry.rings_offset + kCacheLine >= size.value) {
    return std::nullopt;
  }
  // Behind the last ring some bytes are left, so that looking at a header or a number at its very
  // end stays within the segment, whatever a damaged index says.
  const std::uint64_t rings = size.value - geometry.rings_offset - kCacheLine;
  geometry.ring_size = round_down(rings / geometry.stripe_count, kCacheLine);
  if (geometry.ring_size < kSmallestRing) {
    return std::nullopt;
  }
  return geometry;
}

}  // namespace nitro
