// Which keys were evicted lately: for each bucket of the index the last four of those whose first
// bucket it is, as one word. Whatever a word holds is valid: a wrong one costs a guess.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/hash.h"
#include "core/segment/shared_type.h"
#include "core/stripe/ring.h"

namespace nitro {

// Four records of 16 bits, the latest one lowest: 15 bits of the key's hash, and whose entry it was
// (0: probation's). Zero: none.
using HistoryWord = SharedAtomic<std::uint64_t>;

inline constexpr std::uint32_t kRecordsPerWord = 4;

class History {
 public:
  explicit History(HistoryWord* words) noexcept : words_(words) {}

  struct Memory {
    Queue queue = Queue::kMain;  // that it was evicted from
    bool is_latest = false;      // of its bucket
  };
  [[nodiscard]] std::optional<Memory> find(std::uint64_t bucket, KeyHash hash) const noexcept {
    const std::uint64_t word = words_[bucket].load(std::memory_order_relaxed);
    for (std::uint32_t i = 0; i < kRecordsPerWord; ++i) {
      const std::uint64_t record = (word >> (kRecordBits * i)) & kRecordMask;
      if ((record | kOfMain) == record_of(hash, Queue::kMain)) {
        return Memory{(record & kOfMain) != 0 ? Queue::kMain : Queue::kProbation, i == 0};
      }
    }
    return std::nullopt;
  }

  void prefetch(std::uint64_t bucket) const noexcept { __builtin_prefetch(&words_[bucket], 1); }

  void note(std::uint64_t bucket, KeyHash hash, Queue queue) noexcept {
    const std::uint64_t word = words_[bucket].load(std::memory_order_relaxed);
    words_[bucket].store(word << kRecordBits | record_of(hash, queue), std::memory_order_relaxed);
  }

 private:
  static constexpr std::uint32_t kRecordBits = 16;
  static constexpr std::uint64_t kRecordMask = 0xffff;
  static constexpr std::uint64_t kOfMain = 1;
  static constexpr std::uint64_t kNotZero = 2;

  [[nodiscard]] static std::uint64_t record_of(KeyHash hash, Queue queue) noexcept {
    const std::uint64_t print = hash.tag() & ~kOfMain;
    return (print != 0 ? print : kNotZero) | (queue == Queue::kMain ? kOfMain : 0);
  }

  HistoryWord* words_;
};

}  // namespace nitro
