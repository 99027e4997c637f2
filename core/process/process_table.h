// Who is attached, what they hold, and who died.
//
// Each process (each thread under ZTS) owns one row. It publishes there which blocks it reads, so
// that writers, who look through all rows before they reuse memory, leave those alone.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/base/units.h"
#include "core/segment/lock_file.h"
#include "core/segment/shared_type.h"

namespace nitro {

inline constexpr std::uint32_t kRowCount = 256;
// The last rows are lent for the length of one call to processes that find the others taken.
inline constexpr std::uint32_t kGuestRows = 8;
inline constexpr std::uint32_t kMaxPins = 256;
// Pins are stored in units of this many bytes, so that 32 bits reach 64 GiB.
inline constexpr std::uint64_t kPinUnit = 16;

enum class Counter : std::uint32_t {
  kHits,
  kMisses,
  kSets,
  kDeletes,
  kEvictions,
  kEvictionsFullBucket,
  kExpired,
  kFailedSets,
  kMovedBytes,
  kPins,
  kCopies,
  kLockWaits,
  kLockTimeouts,
  kRecoveries,
  kGuestCalls,
};
inline constexpr std::uint32_t kCounterCount = 15;

// Invariants
//  1. While `identity` says taken, the kernel holds the row's byte of the lock file for its owner,
//     or the owner is dead. The byte is locked before the row is named, and unlocked after.
//  2. Only the owner writes; the exception is whoever holds the byte of a dead owner's row.
//  3. The generation grows with every new owner, so a row and a generation name one owner for ever.
//  4. A block that is named by `hazard` or by one of the first `pin_count` pins is not reused,
//     provided that it was linked when it was named (DESIGN: R1–R3).
struct alignas(kCacheLine) Row {
  // What a writer's scan reads, in one line.
  SharedAtomic<std::uint64_t> hazard;          // offset of the block being read; 0: none
  SharedAtomic<std::uint64_t> identity;        // generation << 32 | 1 while taken
  SharedAtomic<std::uint64_t> pinned_stripes;  // a bit for each stripe that a pin may be in
  SharedAtomic<std::uint32_t> pin_count;
  SharedAtomic<std::uint32_t> pid;  // for display

  // Written by the owner only, so a relaxed load and store will do. A late value makes a sum a
  // moment old, nothing worse.
  alignas(kCacheLine) std::array<SharedAtomic<std::uint64_t>, kCounterCount> counters;

  alignas(kCacheLine) std::array<SharedAtomic<std::uint32_t>, kMaxPins> pins;  // offset / kPinUnit

  void count(Counter counter, std::uint64_t by = 1) noexcept {
    auto& cell = counters[static_cast<std::uint32_t>(counter)];
    cell.store(cell.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
  }
};
static_assert(SharedType<Row>);
static_assert(sizeof(Row) == 3 * kCacheLine + kMaxPins * sizeof(std::uint32_t),
              "attached builds break: bump kLayoutVersion");

struct alignas(kCacheLine) ProcessTableState {
  // One more than the highest row ever taken: how far a scan has to look. Never falls.
  SharedAtomic<std::uint32_t> rows_in_use;
  std::uint32_t reserved;
  // What rows counted before they were given back. Added to by whoever empties a row.
  alignas(kCacheLine) std::array<SharedAtomic<std::uint64_t>, kCounterCount> retired_counters;
  std::array<Row, kRowCount> rows;
};
static_assert(SharedType<ProcessTableState>);

// One owner of a row, for ever: never 0, never used again.
struct OwnerId {
  std::uint64_t value = 0;  // generation << 32 | row + 1

  [[nodiscard]] constexpr std::uint32_t row() const noexcept {
    return static_cast<std::uint32_t>(value) - 1;
  }
  [[nodiscard]] constexpr std::uint32_t generation() const noexcept {
    return static_cast<std::uint32_t>(value >> 32);
  }
  friend constexpr bool operator==(OwnerId, OwnerId) noexcept = default;
};

struct TakenRow {
  Row* row = nullptr;
  OwnerId owner;
};

// The blocks of one stretch of memory that some row names.
class NamedBlocks {
 public:
  void clear() noexcept {
    count_ = 0;
    overflowed_ = false;
  }
  void add(std::uint64_t offset) noexcept {
    if (count_ == offsets_.size()) {
      overflowed_ = true;
    } else {
      offsets_[count_++] = offset;
    }
  }
  // Call after the last add().
  void finish() noexcept { std::sort(offsets_.begin(), offsets_.begin() + count_); }
  // True for everything when more were named than fit.
  [[nodiscard]] bool contains(std::uint64_t offset) const noexcept {
    return overflowed_ ||
           (count_ != 0 && std::binary_search(offsets_.begin(), offsets_.begin() + count_, offset));
  }

 private:
  std::array<std::uint64_t, 512> offsets_;
  std::uint32_t count_ = 0;
  bool overflowed_ = false;
};

class ProcessTable {
 public:
  // Both outlive the table.
  ProcessTable(ProcessTableState& state, LockFile& locks);

  // An ordinary row or a guest row; nullopt when all of them belong to living processes. Up to one
  // system call a row.
  [[nodiscard]] std::optional<TakenRow> take_row() noexcept;
  [[nodiscard]] std::optional<TakenRow> take_guest_row() noexcept;
  // For a child that is about to be forked: held by `locks`, not by this process.
  [[nodiscard]] std::optional<TakenRow> take_row_for(LockFile& locks) noexcept;
  void give_back(const TakenRow& taken) noexcept;

  // What a child of fork() does first: none of its parent's rows is its own.
  void forget_own_rows() noexcept;
  // A row that take_row_for() took in the parent is this process's own now.
  void adopt(const TakenRow& taken) noexcept;

  // False: this owner will never run again. Asks the kernel: not while a lock is held.
  [[nodiscard]] bool is_alive(OwnerId owner) const noexcept;
  // Whether the row still belongs to this owner, dead or alive. Asks nobody.
  [[nodiscard]] bool is_named(OwnerId owner) const noexcept;

  // Empties the rows of the dead. One system call for each taken row.
  std::uint32_t reclaim_dead_rows() noexcept;
  [[nodiscard]] std::uint32_t count_living_rows() const noexcept;

  // Whether a row other than `own` pins the block. It may give it up at any moment.
  [[nodiscard]] bool is_pinned_elsewhere(std::uint32_t stripe, std::uint64_t block,
                                         const Row& own) const noexcept;

  // The blocks in [from, to) of that stripe which a row names. Complete for every block that was
  // unlinked before the call by whoever held that stripe, this thread included.
  void find_named(std::uint32_t stripe, std::uint64_t from, std::uint64_t to,
                  NamedBlocks& named) const noexcept;

  // Calls `visit(offset)` for each block of that stripe which a row names, and perhaps for others.
  // Complete as find_named() is.
  template <typename Visit>
  void for_each_named(std::uint32_t stripe, const Visit& visit) const noexcept {
    // Before it, whatever was unlinked under this stripe's lock; after it, the look at the rows.
    // See R3.
    std::atomic_thread_fence(std::memory_order_seq_cst);
    const std::uint32_t end =
        std::min(state_.rows_in_use.load(std::memory_order_seq_cst), kRowCount);
    for (std::uint32_t i = 0; i < end; ++i) {
      const Row& row = state_.rows[i];
      // The hazard before the pins: a block on its way from one to the other is seen in one of
      // them.
      visit(row.hazard.load(std::memory_order_acquire));
      // Acquire, partner: the release that counts a pin. With the count come the pins and the mask.
      const std::uint32_t count = std::min(row.pin_count.load(std::memory_order_acquire), kMaxPins);
      if (count != 0 && (row.pinned_stripes.load(std::memory_order_relaxed) >> stripe & 1) != 0) {
        for (std::uint32_t pin = 0; pin < count; ++pin) {
          visit(row.pins[pin].load(std::memory_order_relaxed) * kPinUnit);
        }
      }
    }
  }

  [[nodiscard]] std::uint64_t sum(Counter counter) const noexcept;
  // Those that a look at all rows looks at: all that were ever taken at the same time.
  [[nodiscard]] std::uint32_t rows_in_use() const noexcept {
    return std::min(state_.rows_in_use.load(std::memory_order_relaxed), kRowCount);
  }
  [[nodiscard]] const Row& row(std::uint32_t index) const noexcept { return state_.rows[index]; }

 private:
  [[nodiscard]] std::optional<TakenRow> take_between(std::uint32_t first, std::uint32_t last,
                                                     LockFile& locks) noexcept;
  [[nodiscard]] std::optional<TakenRow> try_take(std::uint32_t index, LockFile& locks) noexcept;
  [[nodiscard]] bool try_lock_row(std::uint32_t index, LockFile& locks) noexcept;
  void unlock_row(std::uint32_t index) noexcept;
  void empty(Row& row) noexcept;

  ProcessTableState& state_;
  LockFile& locks_;
  // Rows held through `locks_`: the kernel does not keep this process's threads apart, and does
  // not count a process's own locks when asked.
  std::unique_ptr<std::array<std::atomic<bool>, kRowCount>> own_;
};

}  // namespace nitro
