// One lock, one index, one ring: the life of an entry, from reserve to reclaim.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/process/process_table.h"
#include "core/process/stripe_lock.h"
#include "core/segment/segment.h"
#include "core/stripe/index.h"
#include "core/stripe/ring.h"
#include "core/stripe/value_writer.h"

namespace nitro {

// The one change of the index that is under way, with the totals as they will be after it. All
// changes are made under the lock, one by one; so when an owner dies, its successor finds here
// whether the last one happened, and sets the totals right.
struct Journal {
  SharedAtomic<std::uint64_t>
      slot;  // number + 1; 0: nothing is under way. Stored last, with release
  SharedAtomic<std::uint64_t> word;  // what the slot is about to hold; never what it held before
  SharedAtomic<std::uint64_t> live_bytes;
  SharedAtomic<std::uint64_t> live_entries;
};

// All of it is written under the lock.
//
// live_bytes is the sum of the sizes of the linked blocks, live_entries their number, whenever
// nobody holds the lock. verify() checks both.
struct StripeState {
  alignas(kCacheLine) StripeLockWord lock;
  // Bytes of the blocks that rows pin, so that readers leave writers room. Added to and subtracted
  // from by whoever pins; what the dead leave, a sweep counts anew. Wrong for a moment: a bound
  // that is a little too wide or too tight.
  SharedAtomic<std::int64_t> pinned_bytes;

  alignas(kCacheLine) RingState ring;
  SharedAtomic<std::uint64_t> live_bytes;
  SharedAtomic<std::uint64_t> live_entries;
  // Unlinked bytes that readers or builders kept the hand from reclaiming: in this lap so far, and
  // in the last one.
  SharedAtomic<std::uint64_t> held_bytes;
  SharedAtomic<std::uint64_t> held_bytes_last_lap;
  // No entry expires before this; 0: none expires at all. A value too early costs a sweep.
  SharedAtomic<std::int64_t> next_deadline;

  alignas(kCacheLine) Journal journal;
  // A sweep under way, by whomever: the next bucket, and the earliest deadline so far.
  SharedAtomic<std::uint64_t> sweep_bucket;
  SharedAtomic<std::int64_t> sweep_deadline;
};
static_assert(SharedType<StripeState>);
static_assert(sizeof(StripeState) == 3 * kCacheLine, "attached builds break: bump kLayoutVersion");

// Who writes, and what he needs for it. Lives in a session.
struct Writer {
  Row* row = nullptr;
  OwnerId owner;
  const ProcessTable* table = nullptr;
  const Segment* segment = nullptr;
  const Clock* clock = nullptr;
  Milliseconds lock_timeout;
};

// What goes into a block.
struct BlockContent {
  std::string_view key;
  std::uint8_t kind = 0;
  bool has_pointers = false;  // the value ends with a map of its pointers
  MonotonicTime deadline = kNever;
  std::span<const std::byte> value;
  ValueWriter writer;  // in place of `value`, when its function is set

  [[nodiscard]] std::size_t value_length() const noexcept {
    return writer.write != nullptr ? writer.size : value.size();
  }
  [[nodiscard]] std::uint64_t block_size() const noexcept {
    return Block::size_for(key.size(), value_length());
  }
};

// Fills everything of a block but its word and its deadline. `home` is the block's address in a
// process that is at home. False: the content's writer gave up.
[[nodiscard]] bool fill(Block& block, const BlockContent& content, std::uint64_t home) noexcept;

enum class StoreOutcome { kStored, kNoRoom, kTimedOut, kNotWritten };
enum class UnlinkOutcome { kUnlinked, kAbsent, kTimedOut };

class Stripe;

// Proof that a stripe is held: what needs the lock asks for this, so forgetting to take it does not
// compile. Not taken when has_lock() is false: the time was over.
class [[nodiscard]] StripeGuard {
 public:
  StripeGuard(Stripe& stripe, const Writer& writer) noexcept;
  ~StripeGuard() {
    if (held_) {
      unlock(*word_);
    }
  }
  StripeGuard(const StripeGuard&) = delete;
  StripeGuard& operator=(const StripeGuard&) = delete;

  [[nodiscard]] bool has_lock() const noexcept { return held_; }

 private:
  StripeLockWord* word_;
  bool held_;
};

// A search for room, across several holds of the lock.
struct RoomSearch {
  std::uint64_t need = 0;           // bytes, a multiple of kBlockUnit
  std::uint64_t passed = 0;         // bytes of the ring the hand went over on our behalf
  std::uint64_t extent_wanted = 0;  // set with RoomStep::kReserve
};

enum class RoomStep {
  kEnough,   // the window has the room
  kReserve,  // the ring has to grow first, without the lock: grow()
  kAgain,    // one hold's work is done; give others a chance and come back
  kNone,     // two laps and more, and readers or builders hold too much
};

class Stripe {
 public:
  Stripe(std::uint32_t number, StripeState& state, Bucket* buckets, std::uint64_t bucket_count,
         const Segment& segment, std::uint64_t ring_start, std::uint64_t ring_size) noexcept;

  [[nodiscard]] std::uint32_t number() const noexcept { return number_; }
  [[nodiscard]] StripeState& state() const noexcept { return *state_; }
  [[nodiscard]] const Index& index() const noexcept { return index_; }
  [[nodiscard]] const Ring& ring() const noexcept { return ring_; }
  [[nodiscard]] std::uint64_t seed() const noexcept { return seed_; }

  // A quarter of the ring may be pinned; from there on readers copy.
  [[nodiscard]] bool has_room_for_pin(const Block& block) const noexcept {
    const auto size = static_cast<std::int64_t>(block.load_word().size());
    return state_->pinned_bytes.load(std::memory_order_relaxed) + size <=
           static_cast<std::int64_t>(ring_.size() / 4);
  }
  void count_pin(const Block& block) noexcept {
    state_->pinned_bytes.fetch_add(static_cast<std::int64_t>(block.load_word().size()),
                                   std::memory_order_relaxed);
  }
  // Requires: the block is still pinned, or it might be another one by now.
  void count_unpin(const Block& block) noexcept {
    state_->pinned_bytes.fetch_sub(static_cast<std::int64_t>(block.load_word().size()),
                                   std::memory_order_relaxed);
  }

  // Half the ring: then there is a run that long whatever lies in it, hot or cold.
  [[nodiscard]] std::uint64_t largest_block() const noexcept {
    return round_down(ring_.size() / 2, kBlockUnit);
  }

  // --- stripe.cpp
  // Requires: content.block_size() <= largest_block(). Replaces what the key had.
  [[nodiscard]] StoreOutcome store(const Writer& writer, KeyHash hash,
                                   const BlockContent& content) noexcept;
  [[nodiscard]] UnlinkOutcome erase(const Writer& writer, KeyHash hash,
                                    std::string_view key) noexcept;
  // Unlinks every entry, in short holds. False: the lock could not be had.
  [[nodiscard]] bool clear(const Writer& writer) noexcept;
  // One short hold of a sweep. True: there is more to do in this pass.
  struct SweepStep {
    bool has_more = false;
    std::uint64_t looked_at = 0;
    std::uint64_t expired = 0;
  };
  [[nodiscard]] SweepStep sweep_step(const Writer& writer) noexcept;

  // The block that is linked under this key, expired or not.
  [[nodiscard]] Slot* find(const StripeGuard&, KeyHash hash, std::string_view key) const noexcept;
  // nullptr: the slot is empty, or leads to no block. The latter is damage, and condemns the
  // segment.
  [[nodiscard]] Block* block_of(const Slot& slot) const noexcept;

  // Puts a complete block at the window's front and links it. False: its writer gave up, and
  // nothing has changed. Requires: window() >= its size.
  [[nodiscard]] bool place(const StripeGuard& held, const Writer& writer, KeyHash hash,
                           const BlockContent& content) noexcept;

  // --- room.cpp
  // One hold's share of the work of getting `search.need` bytes into the window.
  [[nodiscard]] RoomStep make_room(const StripeGuard& held, const Writer& writer,
                                   RoomSearch& search) noexcept;
  // Without the lock: gives the ring more memory, or notes that there is none. False: timed out.
  [[nodiscard]] bool grow(const Writer& writer, const RoomSearch& search) noexcept;

  // Where the segment lies in a process that is at home.
  [[nodiscard]] std::uint64_t home() const noexcept { return home_; }

  // After a take-over: sets right what the dead owner's last change left half-done.
  void mend() noexcept;

 private:
  friend class Clearing;

  void start_lap(const StripeGuard&) noexcept;
  // Moves the hand behind the block at `position`. False: there is no block.
  [[nodiscard]] bool jump_over(const StripeGuard&, std::uint64_t position,
                               RoomSearch& search) noexcept;

  // Links `word` in place of what `slot` holds, as one change.
  void replace(const StripeGuard&, Slot& slot, std::uint64_t word, std::uint64_t bytes_added,
               std::uint64_t bytes_removed) noexcept;
  void unlink(const StripeGuard& held, Slot& slot, Block* block) noexcept;
  void link(const StripeGuard& held, const Writer& writer, KeyHash hash, Block& block) noexcept;
  [[nodiscard]] Slot& choose_victim(const StripeGuard&, const Writer& writer,
                                    KeyHash hash) noexcept;
  void note_deadline(const StripeGuard&, MonotonicTime deadline) noexcept;
  void name_window() noexcept;
  // What lies in the segment is not what this code has stored. All processes meet again in a new
  // one.
  void report_damage() const noexcept;
  // fill() at the block's place.
  [[nodiscard]] bool fill_block(Block& block, const BlockContent& content) noexcept {
    return fill(block, content, home_ + ring_.offset_of(&block));
  }
  [[nodiscard]] StoreOutcome store_large(const Writer& writer, KeyHash hash,
                                         const BlockContent& content) noexcept;

  StripeState* state_;
  Index index_;
  Ring ring_;
  SegmentHeader* header_;
  std::uint64_t seed_;
  std::uint64_t home_;
  std::uint32_t number_;
};

inline StripeGuard::StripeGuard(Stripe& stripe, const Writer& writer) noexcept
    : word_(&stripe.state().lock), held_(try_lock(*word_, writer.owner)) {
  if (held_) [[likely]] {
    return;
  }
  writer.row->count(Counter::kLockWaits);
  const LockResult result = wait_for_lock(*word_, writer.owner, *writer.table, writer.lock_timeout);
  held_ = result != LockResult::kTimedOut;
  if (result == LockResult::kTookOver) {
    writer.row->count(Counter::kRecoveries);
    stripe.mend();
  } else if (!held_) {
    writer.row->count(Counter::kLockTimeouts);
  }
}

[[nodiscard]] inline bool is_expired(MonotonicTime deadline, const Clock& clock) noexcept {
  return deadline != kNever && deadline <= clock.now();
}
[[nodiscard]] inline MonotonicTime deadline_of(const Block& block) noexcept {
  return MonotonicTime{block.deadline.load(std::memory_order_relaxed)};
}

}  // namespace nitro
