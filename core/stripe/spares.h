// Blocks of a ring whose entries are gone, kept for the next values of about their size: a key that
// is stored again and again takes turns with its own former places, instead of filling the ring
// with garbage until a hand comes by. Segregated fits (Wilson, Johnstone, Neely, Boles: Dynamic
// Storage Allocation: A Survey and Critical Review, 1995), with a bound: what finds no place here
// is left to the hand.
//
// A retired block becomes a free one by a look at the rows: many at a time, so each class keeps
// both.
//
// Invariant: whatever is listed is a block's start. A hand takes off the list what it is about to
// join with its neighbours. What has become of a block since it was listed, its own word says; a
// death can leave one listed twice, or as what it is not any more.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>

#include "core/base/units.h"
#include "core/segment/shared_type.h"
#include "core/stripe/block.h"

namespace nitro {

// By size: up to 64 bytes, 128, 256 … 8 KB, and all that is larger.
inline constexpr std::uint32_t kSpareClasses = 9;
inline constexpr std::uint32_t kSparesPerClass = 14;

struct Spare {
  std::uint64_t position = 0;  // in the ring
  std::uint64_t size = 0;
};

// Everything here wants the stripe's lock.
struct SpareClass {
  SharedAtomic<std::uint32_t> free_count;
  SharedAtomic<std::uint32_t> retired_count;
  // How often memory of this class was made free for others; see Stripe::clearings_for().
  SharedAtomic<std::uint64_t> looks;
  // Free ones from the front on, retired ones from the back. Position and size in units of
  // kBlockUnit, 32 bits each.
  std::array<SharedAtomic<std::uint64_t>, kSparesPerClass> words;

  [[nodiscard]] std::uint32_t count_free() const noexcept {
    return std::min(free_count.load(std::memory_order_relaxed), kSparesPerClass);
  }
  [[nodiscard]] std::uint32_t count_retired() const noexcept {
    return std::min(retired_count.load(std::memory_order_relaxed), kSparesPerClass - count_free());
  }
  [[nodiscard]] Spare free_at(std::uint32_t i) const noexcept { return read(words[i]); }
  [[nodiscard]] Spare retired_at(std::uint32_t i) const noexcept {
    return read(words[kSparesPerClass - 1 - i]);
  }

  // Takes the tightest one for `need` bytes off the list; its position. None of those of which a
  // rest would remain that is too small for anybody and too much to waste.
  [[nodiscard]] std::optional<std::uint64_t> take_free(std::uint64_t need) noexcept {
    std::uint32_t best = kSparesPerClass;
    std::uint64_t least = UINT64_MAX;
    for (std::uint32_t i = count_free(); i-- > 0 && least != need;) {
      const std::uint64_t size = free_at(i).size;
      if (size >= need && size < least && (is_close(size, need) || is_to_split(size, need))) {
        best = i;
        least = size;
      }
    }
    if (best == kSparesPerClass) {
      return std::nullopt;
    }
    const std::uint64_t position = free_at(best).position;
    remove_free(best);
    return position;
  }

  // The entry takes it as it is, and wastes an eighth at most.
  [[nodiscard]] static bool is_close(std::uint64_t size, std::uint64_t need) noexcept {
    return size - need <= need / 8;
  }
  // It takes a part, and leaves a block that others can use.
  [[nodiscard]] static bool is_to_split(std::uint64_t size, std::uint64_t need) noexcept {
    constexpr std::uint64_t kSmallestRest = 64;
    return size - need >= kSmallestRest;
  }

  // In place of the oldest, if there is no room. Release: the word before the count.
  void add_free(const Spare& spare) noexcept {
    const std::uint32_t count = count_free();
    if (count + count_retired() == kSparesPerClass) {
      if (count != 0) {
        write(words[0], spare);
      }
      return;
    }
    write(words[count], spare);
    free_count.store(count + 1, std::memory_order_release);
  }
  void add_retired(const Spare& spare) noexcept {
    const std::uint32_t count = count_retired();
    if (count_free() + count == kSparesPerClass) {
      if (count == kSparesPerClass) {
        return;
      }
      remove_free(0);
    }
    write(words[kSparesPerClass - 1 - count], spare);
    retired_count.store(count + 1, std::memory_order_release);
  }
  // Takes them all off the list. The number of calls `visit(i, spare)`.
  template <typename Visit>
  std::uint32_t take_retired(const Visit& visit) noexcept {
    const std::uint32_t count = count_retired();
    for (std::uint32_t i = 0; i < count; ++i) {
      visit(i, retired_at(i));
    }
    retired_count.store(0, std::memory_order_release);
    return count;
  }
  // The last one comes into its place. There may be none, if somebody writes here without the lock.
  void remove_free(std::uint32_t i) noexcept {
    if (const std::uint32_t count = count_free(); count != 0) {
      copy(words[count - 1], words[i]);
      free_count.store(count - 1, std::memory_order_release);
    }
  }
  void remove_retired(std::uint32_t i) noexcept {
    if (const std::uint32_t count = count_retired(); count != 0) {
      copy(words[kSparesPerClass - count], words[kSparesPerClass - 1 - i]);
      retired_count.store(count - 1, std::memory_order_release);
    }
  }

 private:
  using Word = SharedAtomic<std::uint64_t>;
  static constexpr std::uint64_t kPositionShift = 32;
  static constexpr std::uint64_t kSizeMask = 0xffffffff;

  static void copy(const Word& from, Word& to) noexcept {
    to.store(from.load(std::memory_order_relaxed), std::memory_order_relaxed);
  }
  static Spare read(const Word& word) noexcept {
    const std::uint64_t value = word.load(std::memory_order_relaxed);
    return {(value >> kPositionShift) * kBlockUnit, (value & kSizeMask) * kBlockUnit};
  }
  static void write(Word& word, const Spare& spare) noexcept {
    word.store(spare.position / kBlockUnit << kPositionShift | spare.size / kBlockUnit,
               std::memory_order_relaxed);
  }
};

struct alignas(kCacheLine) SparesState {
  std::array<SpareClass, kSpareClasses> classes;
};
static_assert(SharedType<SparesState>);
static_assert(sizeof(SpareClass) == 2 * kCacheLine, "attached builds break: bump kLayoutVersion");

class Spares {
 public:
  // `classes_in_use`: a bit for each class that may hold something.
  Spares(SparesState& state, SharedAtomic<std::uint64_t>& classes_in_use) noexcept
      : state_(&state), classes_in_use_(&classes_in_use) {}

  [[nodiscard]] SpareClass& for_size(std::uint64_t size) const noexcept {
    return state_->classes[number_of(size)];
  }

  void add_retired(const Spare& spare) noexcept { in_use(spare.size).add_retired(spare); }
  void add_free(const Spare& spare) noexcept { in_use(spare.size).add_free(spare); }

  // Takes off the lists what lies in [begin, end), before it is joined.
  void purge(std::uint64_t begin, std::uint64_t end) noexcept {
    const auto is_inside = [&](const Spare& spare) {
      return spare.position >= begin && spare.position < end;
    };
    constexpr std::uint64_t kAll = (std::uint64_t{1} << kSpareClasses) - 1;
    const std::uint64_t in_use = classes_in_use_->load(std::memory_order_relaxed) & kAll;
    for (std::uint64_t rest = in_use; rest != 0; rest &= rest - 1) {
      SpareClass& spares = state_->classes[static_cast<std::size_t>(std::countr_zero(rest))];
      for (std::uint32_t i = spares.count_free(); i-- > 0;) {
        if (is_inside(spares.free_at(i))) {
          spares.remove_free(i);
        }
      }
      for (std::uint32_t i = spares.count_retired(); i-- > 0;) {
        if (is_inside(spares.retired_at(i))) {
          spares.remove_retired(i);
        }
      }
    }
  }

 private:
  [[nodiscard]] static std::uint32_t number_of(std::uint64_t size) noexcept {
    constexpr std::uint64_t kFirstClass = 64;
    return std::min(static_cast<std::uint32_t>(std::bit_width((size - 1) / kFirstClass)),
                    kSpareClasses - 1);
  }
  // Release: a purge that finds the bit unset has nothing to look for.
  [[nodiscard]] SpareClass& in_use(std::uint64_t size) noexcept {
    const std::uint32_t number = number_of(size);
    const std::uint64_t bit = std::uint64_t{1} << number;
    const std::uint64_t in_use = classes_in_use_->load(std::memory_order_relaxed);
    if ((in_use & bit) == 0) {
      classes_in_use_->store(in_use | bit, std::memory_order_release);
    }
    return state_->classes[number];
  }

  SparesState* state_;
  SharedAtomic<std::uint64_t>* classes_in_use_;
};

}  // namespace nitro
