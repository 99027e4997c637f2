// Which regions a segment has and how large they are: a function of its size, so that nothing of it
// needs to be stored or trusted.
//
//   header · process table · named locks · versions of tags · stripe states · history and buckets,
//   stripe by stripe · rings, stripe by stripe
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/units.h"

namespace nitro {

// Any change of a shared type or of what its fields mean adds one.
inline constexpr std::uint64_t kLayoutVersion = 9;

// Sizes and offsets of every shared type, byte order, pointer width, version. Builds that differ
// never meet, since the number is part of the segment's name.
[[nodiscard]] std::uint64_t core_layout() noexcept;

struct Geometry {
  std::uint64_t size = 0;
  std::uint64_t table_offset = 0;
  std::uint64_t locks_offset = 0;
  std::uint64_t tags_offset = 0;
  std::uint64_t tag_count = 0;  // a power of two
  std::uint64_t stripes_offset = 0;
  std::uint64_t history_offset = 0;
  std::uint64_t buckets_offset = 0;
  std::uint64_t rings_offset = 0;
  std::uint32_t stripe_count = 0;        // a power of two
  std::uint64_t buckets_per_stripe = 0;  // a multiple of kBucketsPerGroup
  std::uint64_t ring_size = 0;
};

// nullopt when no useful cache fits.
[[nodiscard]] std::optional<Geometry> geometry_for(ByteCount size,
                                                   std::uint64_t entry_size) noexcept;

}  // namespace nitro
