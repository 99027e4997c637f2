// How often each tag was invalidated.
//
// Tags share the versions of a table, by hash: to invalidate one is to add 1 to its version,
// however many entries carry it. Two tags with the same number are invalidated together, which
// costs a few entries, and nothing else. Nothing of a tag has to be kept, so none can be lost.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/hash.h"
#include "core/segment/shared_type.h"
#include "core/stripe/extras.h"

namespace nitro {

using TagVersion = SharedAtomic<std::uint32_t>;

// Names of different kinds have nothing to do with each other.
enum class TagKind : std::uint64_t { kTag = 0, kKeySpace = 1 };

class TagTable {
 public:
  // Requires: `count` is a power of two.
  TagTable(TagVersion* versions, std::uint64_t count, std::uint64_t seed) noexcept
      : versions_(versions), mask_(count - 1), seed_(seed) {}

  [[nodiscard]] TagMark mark(std::string_view tag, TagKind kind) const noexcept {
    const std::uint64_t seed = ~seed_ ^ static_cast<std::uint64_t>(kind);
    const auto number = static_cast<std::uint32_t>(hash_key(tag, seed).value & mask_);
    // Acquire, partner: invalidate(). What is stored with the new version was made after it.
    return {number, versions_[number].load(std::memory_order_acquire)};
  }
  void invalidate(std::string_view tag, TagKind kind) noexcept {
    versions_[mark(tag, kind).tag].fetch_add(1, std::memory_order_acq_rel);
  }
  [[nodiscard]] bool are_current(std::span<const TagMark> marks) const noexcept {
    for (const TagMark& mark : marks) {
      if (versions_[mark.tag & mask_].load(std::memory_order_relaxed) != mark.version) {
        return false;
      }
    }
    return true;
  }

 private:
  TagVersion* versions_;
  std::uint64_t mask_;
  std::uint64_t seed_;
};

}  // namespace nitro
