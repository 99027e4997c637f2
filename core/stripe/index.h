// Where a stripe's entries are: buckets of eight words, two of which a key may be in.
//
// A key's word never changes its slot while the key exists: overwriting and moving replace it in
// place, and when both buckets are full the new word replaces the victim's in one store. So no
// crash leaves two words of one key, and no reader misses a key that is there.
//
// Two choices of eight, of one page (Azar, Broder, Karlin, Upfal: Balanced Allocations, 1994). The
// first one is taken while it has fewer than four entries, then the emptier one: most keys are
// found in their first bucket, at load 0.2 nearly all, at 0.5 five of six. Of the keys that come at
// load 0.7 one in 10 000 finds both full, at 0.8 one in 170, at 0.9 one in 12.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/hash.h"
#include "core/segment/shared_type.h"

namespace nitro {

// tag:16 | offset of the block:48. Zero is empty, since no block lies at offset 0.
struct IndexWord {
  std::uint64_t value = 0;

  [[nodiscard]] static constexpr IndexWord of(KeyHash hash, std::uint64_t block) noexcept {
    return {hash.tag() << 48 | block};
  }
  [[nodiscard]] constexpr std::uint64_t tag() const noexcept { return value >> 48; }
  [[nodiscard]] constexpr std::uint64_t block() const noexcept { return value & 0xffff'ffff'ffffU; }
  friend constexpr bool operator==(IndexWord, IndexWord) noexcept = default;
};

using Slot = SharedAtomic<std::uint64_t>;

inline constexpr std::uint32_t kSlotsPerBucket = 8;

struct alignas(kCacheLine) Bucket {
  std::array<Slot, kSlotsPerBucket> slots;
};
static_assert(SharedType<Bucket>);
static_assert(sizeof(Bucket) == kCacheLine, "attached builds break: bump kLayoutVersion");

// One stripe's buckets, as this process sees them.
class Index {
 public:
  // Requires: `count` is a multiple of kBucketsPerGroup.
  Index(Bucket* buckets, std::uint64_t count) noexcept : buckets_(buckets), count_(count) {}

  [[nodiscard]] std::uint64_t bucket_count() const noexcept { return count_; }
  [[nodiscard]] std::uint64_t slot_count() const noexcept { return count_ * kSlotsPerBucket; }
  [[nodiscard]] Bucket& bucket(std::uint64_t number) const noexcept { return buckets_[number]; }

  // The two buckets of a key, in the order in which they are searched.
  [[nodiscard]] std::array<Bucket*, 2> buckets_of(KeyHash hash) const noexcept {
    const std::uint64_t first = hash.first_bucket(count_);
    return {&buckets_[first], &buckets_[hash.second_bucket(first)]};
  }
  void prefetch(KeyHash hash) const noexcept {
    for (const Bucket* bucket : buckets_of(hash)) {
      __builtin_prefetch(bucket);
    }
  }

  // The slot that holds exactly this word, or null.
  [[nodiscard]] Slot* find_word(KeyHash hash, IndexWord word) const noexcept {
    for (Bucket* bucket : buckets_of(hash)) {
      for (Slot& slot : bucket->slots) {
        if (slot.load(std::memory_order_relaxed) == word.value) {
          return &slot;
        }
      }
    }
    return nullptr;
  }
  // An empty slot for a new key; null when both buckets are full.
  [[nodiscard]] Slot* find_empty(KeyHash hash) const noexcept {
    const auto [first, second] = buckets_of(hash);
    const Free in_first = look_for_free(*first);
    if (in_first.count > kSlotsPerBucket - kPreferFirstBelow) {
      return in_first.slot;
    }
    const Free in_second = look_for_free(*second);
    return in_first.count >= in_second.count ? in_first.slot : in_second.slot;
  }

  [[nodiscard]] std::uint64_t number_of(const Slot& slot) const noexcept {
    return static_cast<std::uint64_t>(&slot - &buckets_->slots[0]);
  }
  // Requires: number < slot_count().
  [[nodiscard]] Slot& slot(std::uint64_t number) const noexcept {
    return buckets_[number / kSlotsPerBucket].slots[number % kSlotsPerBucket];
  }

 private:
  static constexpr std::uint32_t kPreferFirstBelow = 4;

  struct Free {
    Slot* slot =
        nullptr;  // the first one, so that full slots stand together and a search ends early
    std::uint32_t count = 0;
  };
  [[nodiscard]] static Free look_for_free(Bucket& bucket) noexcept {
    Free free;
    for (Slot& slot : bucket.slots) {
      if (slot.load(std::memory_order_relaxed) == 0 && free.count++ == 0) {
        free.slot = &slot;
      }
    }
    return free;
  }

  Bucket* buckets_;
  std::uint64_t count_;
};

}  // namespace nitro
