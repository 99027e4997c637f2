// One lock, one index, one ring: the life of an entry, from reserve to reclaim.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/process/process_table.h"
#include "core/process/stripe_lock.h"
#include "core/segment/segment.h"
#include "core/stripe/history.h"
#include "core/stripe/index.h"
#include "core/stripe/ring.h"
#include "core/stripe/spares.h"
#include "core/stripe/tags.h"
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

// All of it is written under the lock, but for pinned_bytes and, by ask_for_sweep(), next_deadline.
//
// live_bytes is the sum of the sizes of the linked blocks, live_entries their number, whenever
// nobody holds the lock. verify() checks both.
//
// What each set needs lies in the first line, the journal's, and those of one class of spares,
// since they all have to come from the processor of whoever wrote last.
struct StripeState {
  alignas(kCacheLine) StripeLockWord lock;
  SharedAtomic<std::uint64_t> live_bytes;
  SharedAtomic<std::uint64_t> live_entries;
  RingState ring;  // begins in the first line
  // Bytes of the blocks that rows pin, so that readers leave writers room. Added to and subtracted
  // from by whoever pins; what the dead leave, a sweep counts anew. Wrong for a moment: a bound
  // that is a little too wide or too tight.
  SharedAtomic<std::int64_t> pinned_bytes;
  // A sweep under way, by whomever: the next bucket, and the earliest deadline so far.
  SharedAtomic<std::uint64_t> sweep_bucket;
  SharedAtomic<std::int64_t> sweep_deadline;
  // How often hands have made memory free for others.
  SharedAtomic<std::uint64_t> clearings;

  alignas(kCacheLine) Journal journal;
  // No entry expires before this; 0: none expires at all. A value too early costs a sweep.
  SharedAtomic<std::int64_t> next_deadline;
  SharedAtomic<std::uint64_t> spare_classes;  // that may hold something: a bit each
  SparesState spares;
};
static_assert(offsetof(StripeState, ring) + offsetof(RingState, is_stuck) == kCacheLine);
static_assert(SharedType<StripeState>);
static_assert(sizeof(StripeState) == 4 * kCacheLine + sizeof(SparesState),
              "attached builds break: bump kLayoutVersion");

// Who writes, and what he needs for it. Lives in a session.
struct Writer {
  Row* row = nullptr;
  OwnerId owner;
  const ProcessTable* table = nullptr;
  const Segment* segment = nullptr;
  const TagTable* tags = nullptr;
  const Clock* clock = nullptr;
  Milliseconds lock_timeout;
};

// What an entry was at a moment: no other one is the same, as long as neither its value nor the
// entry was replaced.
struct EntryVersion {
  std::uint64_t index_word = 0;
  std::uint64_t size = 0;        // of the block
  std::uint64_t clearings = 0;   // that could have touched it
  std::uint64_t first_word = 0;  // of the value, if it is no longer: such may change in place

  friend constexpr bool operator==(const EntryVersion&, const EntryVersion&) noexcept = default;
};

// What has to be true of a key, when its stripe is held, for it to be changed.
struct Condition {
  enum class Kind { kAbsent, kPresent, kUnchanged };
  Kind kind = Kind::kAbsent;
  EntryVersion version;  // kUnchanged: what it still is
};

// What goes into a block.
struct BlockContent {
  std::string_view key;
  std::uint8_t kind = 0;
  bool has_pointers = false;  // the value ends with a map of its pointers
  MonotonicTime deadline = kNever;
  std::span<const std::byte> value;
  ValueWriter writer;                 // in place of `value`, when its function is set
  std::span<const std::byte> extras;  // none, or an Extras with all that follows it

  [[nodiscard]] std::size_t value_length() const noexcept {
    return writer.write != nullptr ? writer.size : value.size();
  }
  [[nodiscard]] std::uint64_t block_size() const noexcept {
    return Block::size_for(key.size(), value_length(), extras.size());
  }
  // As a block says it.
  [[nodiscard]] std::int64_t stored_deadline() const noexcept {
    return extras.empty() ? deadline.value : deadline.value | kHasExtras;
  }
};

// Fills everything of a block but its word and its deadline. `home` is the block's address in a
// process that is at home. False: the content's writer gave up.
[[nodiscard]] bool fill(Block& block, const BlockContent& content, std::uint64_t home) noexcept;

enum class StoreOutcome { kStored, kTooLarge, kNoRoom, kTimedOut, kNotWritten, kConditionFailed };
enum class UnlinkOutcome { kUnlinked, kAbsent, kTimedOut, kConditionFailed };

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
  std::uint64_t need = 0;  // bytes, a multiple of kBlockUnit
  Queue queue = Queue::kMain;
  bool has_queue = false;    // it was chosen
  bool is_early = false;     // nobody has to go for it
  std::uint64_t passed = 0;  // bytes of the queue the hand went over on our behalf
  // On behalf of a search in probation: bytes of the main queue, for what has to go on there.
  std::uint64_t passed_aside = 0;
  std::uint64_t extent_wanted = 0;  // set with RoomStep::kReserve
};
// A survivor larger than this stays where it is.
inline constexpr std::uint64_t kLargestMove = 32 * 1024;
// Kept free ahead in the main queue, so that survivors have somewhere to go.
inline constexpr std::uint64_t kSlack = 32 * 1024;
// Cleared at a time, if no more is needed: of no use until it is filled.
inline constexpr std::uint64_t kStretchBytes = 8 * 1024;

enum class RoomStep {
  kEnough,   // the window has the room
  kReserve,  // the ring has to grow first, without the lock: grow()
  kAgain,    // one hold's work is done; give others a chance and come back
  kNone,     // two laps and more, and readers or builders hold too much
};

class Stripe {
 public:
  Stripe(std::uint32_t number, StripeState& state, Bucket* buckets, std::uint64_t bucket_count,
         HistoryWord* history, const Segment& segment, std::uint64_t ring_start,
         std::uint64_t ring_size) noexcept;

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

  // As long as it is the same, a block of that size which is found under the same index word is the
  // same: hands have cleared nothing, and nothing of its class was made free.
  [[nodiscard]] std::uint64_t clearings_for(std::uint64_t size) const noexcept {
    return state_->clearings.load(std::memory_order_relaxed) +
           spares_.for_size(size).looks.load(std::memory_order_relaxed);
  }

  // Half the ring: then there is a run that long whatever lies in it, hot or cold.
  [[nodiscard]] std::uint64_t largest_block() const noexcept {
    return round_down(ring_.size() / 2, kBlockUnit);
  }

  // --- stripe.cpp
  // Replaces what the key had, if the condition holds; nullptr: there is none.
  [[nodiscard]] StoreOutcome store(const Writer& writer, KeyHash hash, const BlockContent& content,
                                   const Condition* asked = nullptr) noexcept;
  [[nodiscard]] UnlinkOutcome erase(const Writer& writer, KeyHash hash, std::string_view key,
                                    const Condition* condition = nullptr) noexcept;
  // Gives a key another deadline. kUnlinked: done.
  [[nodiscard]] UnlinkOutcome touch(const Writer& writer, KeyHash hash, std::string_view key,
                                    MonotonicTime deadline) noexcept;
  // The block that is linked under this key, expired or not.
  [[nodiscard]] Slot* find(const StripeGuard&, KeyHash hash, std::string_view key) const noexcept;
  // The block that readers find.
  [[nodiscard]] Block* find_live(const StripeGuard& held, const Writer& writer, KeyHash hash,
                                 std::string_view key) const noexcept;
  // Changes the deadline of a linked block.
  void set_deadline(const StripeGuard& held, Block& block, MonotonicTime deadline) noexcept;
  // nullptr: the slot is empty, or leads to no block. The latter is damage, and condemns the
  // segment.
  [[nodiscard]] Block* block_of(const Slot& slot) const noexcept;

  // The same for what find() has returned in this hold, so that it need not be looked at again.
  [[nodiscard]] Block* known_block_of(const Slot& slot) const noexcept {
    const IndexWord word{slot.load(std::memory_order_relaxed)};
    return word.value == 0 ? nullptr : ring_.at(word.block() - ring_.start());
  }

  // One hold's share of the work of finding room for a key's new block: a spare one, or the front
  // of a window. `slot` is the key's or, if it has none, nullptr.
  struct Room {
    RoomStep step = RoomStep::kNone;
    // Set with kEnough; free until place() is called.
    Block* block = nullptr;
    std::uint64_t size = 0;  // that the block will have: what is needed, or somewhat more
  };
  // The condition, which held before, does not fail for what making room has changed: else whoever
  // had to make room for each try would try for ever.
  [[nodiscard]] Room find_room(const StripeGuard& held, const Writer& writer, KeyHash hash,
                               Slot* slot, RoomSearch& search,
                               Condition* condition = nullptr) noexcept;
  // Puts a complete block there and links it, in `slot`, as above. False: its writer gave up, and
  // nothing has changed. Requires: find_room() gave `room` in this hold.
  [[nodiscard]] bool place(const StripeGuard& held, const Writer& writer, KeyHash hash,
                           const BlockContent& content, const RoomSearch& search, const Room& room,
                           Slot* slot) noexcept;

  // --- sweeping.cpp
  // Unlinks every entry and makes their memory free, in short holds. False: the lock could not be
  // had.
  [[nodiscard]] bool clear(const Writer& writer) noexcept;
  // One short hold of a sweep. True: there is more to do in this pass.
  struct SweepStep {
    bool has_more = false;
    std::uint64_t looked_at = 0;
    std::uint64_t expired = 0;
  };
  [[nodiscard]] SweepStep sweep_step(const Writer& writer) noexcept;
  // Needs no lock: should the word be changed at the same time, garbage stays until the hand comes.
  void ask_for_sweep() noexcept {
    state_->next_deadline.store(kAlreadyDue, std::memory_order_relaxed);
  }

  // --- admission.cpp
  // Where a key's new block goes; `slot` as for find_room().
  void choose_queue(const StripeGuard& held, const Writer& writer, KeyHash hash, const Slot* slot,
                    RoomSearch& search) noexcept;

  // --- room.cpp
  // One hold's share of the work of getting `search.need` bytes into the window.
  [[nodiscard]] RoomStep make_room(const StripeGuard& held, const Writer& writer,
                                   RoomSearch& search) noexcept {
    const std::uint64_t most_slack = search.queue == Queue::kMain ? kSlack : 0;
    return ring_.window(search.queue) >= search.need + most_slack
               ? RoomStep::kEnough
               : search_room(held, writer, search);
  }
  // Without the lock: gives the ring more memory, or notes that there is none. False: timed out.
  [[nodiscard]] bool grow(const Writer& writer, const RoomSearch& search) noexcept;

  // Where the segment lies in a process that is at home.
  [[nodiscard]] std::uint64_t home() const noexcept { return home_; }

  // After a take-over: sets right what the dead owner's last change left half-done.
  [[gnu::noinline]] void mend() noexcept;

 private:
  friend class Clearing;

  static constexpr std::int64_t kAlreadyDue = 1;  // a deadline that passed on every clock that runs

  // Each stretch looks at all rows, twice; where there are many, stretches are longer, and more
  // spare blocks wait for a look.
  [[nodiscard]] static std::uint64_t looks(const Writer& writer) noexcept {
    constexpr std::uint64_t kRowsPerStretch = 16;
    return 1 + writer.table->rows_in_use() / kRowsPerStretch;
  }
  // Of a small ring, a part suffices.
  [[nodiscard]] std::uint64_t stretch(const Writer& writer) const noexcept {
    return std::min(kStretchBytes * looks(writer), ring_.size() / 32);
  }
  // For those who begin; whoever has searched already takes what suffices.
  [[nodiscard]] std::uint64_t slack(const RoomSearch& search) const noexcept {
    return search.queue == Queue::kMain && search.passed == 0 ? std::min(kSlack, ring_.size() / 64)
                                                              : 0;
  }
  // What is asked for at most on behalf of what survives in probation.
  [[nodiscard]] std::uint64_t most_aside() const noexcept {
    return std::min(kLargestMove, ring_.size() / 64);
  }
  // What happens when the hand of a queue, or its window, has come to the end.
  void start_lap(const StripeGuard& held, Queue queue, std::uint64_t end) noexcept;
  [[nodiscard]] bool is_lap_over(Queue queue, std::uint64_t end) const noexcept;
  [[nodiscard]] RoomStep search_room(const StripeGuard& held, const Writer& writer,
                                     RoomSearch& search) noexcept;
  // Clears a stretch, jumps over a block, or begins a lap. No value: there may be room now.
  [[nodiscard]] std::optional<RoomStep> move_hand(const StripeGuard& held, const Writer& writer,
                                                  RoomSearch& search) noexcept;
  [[nodiscard]] bool has_passed_enough(const RoomSearch& search) const noexcept;
  // So that what survives in probation has somewhere to go.
  [[nodiscard]] RoomStep make_room_aside(const StripeGuard& held, const Writer& writer,
                                         RoomSearch& search) noexcept;
  // Moves the hand behind the block at `position`. False: there is no block.
  [[nodiscard]] bool jump_over(const StripeGuard&, std::uint64_t position,
                               RoomSearch& search) noexcept;

  // Makes all memory free that has no entry and that nobody holds. False: the lock could not be
  // had.
  [[nodiscard]] bool reclaim(const Writer& writer) noexcept;

  // How much probation should have.
  [[nodiscard]] std::uint64_t wanted_border() const noexcept;
  void pull_border(const StripeGuard&, Queue queue, std::uint64_t size) noexcept;
  void note_evicted(const StripeGuard&, KeyHash hash, Queue queue, std::uint64_t size) noexcept;
  // Moves the border on, towards where it should be. False: there is no way.
  [[nodiscard]] bool extend_probation(const StripeGuard&) noexcept;

  // Says that nothing leads to the block any more.
  void retire(const StripeGuard&, Block& block, std::uint64_t size) noexcept {
    ring_.set_retired(&block, size);
    spares_.add_retired({ring_.position_of(&block), size});
  }
  // A block that an entry has left behind somewhere in the ring; none, if there is none at hand.
  [[nodiscard]] Room take_spare(const Writer& writer, std::uint64_t need) noexcept;
  // So many of that size have to wait for a look at the rows.
  [[nodiscard]] std::uint64_t spares_per_look(const Writer& writer,
                                              std::uint64_t need) const noexcept;
  // --- reuse.cpp
  // Finds out which retired ones nobody reads any more.
  [[gnu::noinline]] void free_spares(const Writer& writer, SpareClass& spares) noexcept;

  // Links `word` in place of what `slot` holds, as one change.
  void replace(const StripeGuard&, Slot& slot, std::uint64_t word, std::uint64_t bytes_added,
               std::uint64_t bytes_removed) noexcept;
  void unlink(const StripeGuard& held, Slot& slot, Block* block) noexcept;
  void link(const StripeGuard& held, const Writer& writer, KeyHash hash, Block& block,
            Slot* slot) noexcept;
  [[nodiscard]] std::uint64_t lap_before(std::uint64_t position) const noexcept;
  [[nodiscard, gnu::noinline]] Slot& choose_victim(const StripeGuard&, const Writer& writer,
                                                   KeyHash hash) noexcept;
  void note_deadline(const StripeGuard&, MonotonicTime deadline) noexcept;
  // nullptr: no condition.
  [[nodiscard]] bool holds(const StripeGuard& held, const Writer& writer, KeyHash hash,
                           std::string_view key, const Condition* condition) const noexcept {
    return condition == nullptr || is_true(held, writer, hash, key, *condition);
  }
  [[nodiscard, gnu::noinline]] bool is_true(const StripeGuard& held, const Writer& writer,
                                            KeyHash hash, std::string_view key,
                                            const Condition& condition) const noexcept;
  [[gnu::noinline]] void name_windows() noexcept;
  // What lies in the segment is not what this code has stored. All processes meet again in a new
  // one.
  [[gnu::noinline]] void report_damage() const noexcept;
  // fill() at the block's place.
  [[nodiscard]] bool fill_block(Block& block, const BlockContent& content) noexcept {
    return fill(block, content, home_ + ring_.offset_of(&block));
  }
  [[nodiscard, gnu::noinline]] StoreOutcome store_large(const Writer& writer, KeyHash hash,
                                                        const BlockContent& content,
                                                        Condition* condition) noexcept;

  StripeState* state_;
  Index index_;
  History history_;
  Ring ring_;
  Spares spares_;
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

// Whether an entry with extras, whose deadline always seems past, counts nevertheless.
[[nodiscard]] bool is_live_by_extras(const Block& block, const TagTable& tags,
                                     const Clock& clock) noexcept;

// Whether readers find it.
[[nodiscard]] inline bool is_live(const Block& block, const TagTable& tags,
                                  const Clock& clock) noexcept {
  return !is_expired(MonotonicTime{block.deadline.load(std::memory_order_relaxed)}, clock) ||
         is_live_by_extras(block, tags, clock);
}
// Until when somebody may have a use for it; kNever: without end.
[[nodiscard]] MonotonicTime end_of(const Block& block) noexcept;
// Whether nobody has a use for it any more.
[[nodiscard]] bool is_over(const Block& block, const TagTable& tags, const Clock& clock) noexcept;

[[nodiscard]] inline EntryVersion version_of(const Block& block, IndexWord word,
                                             std::uint64_t clearings) noexcept {
  std::uint64_t first_word = 0;
  if (block.value_length == sizeof(first_word)) {
    auto* value = reinterpret_cast<std::uint64_t*>(const_cast<Block&>(block).value());
    first_word = std::atomic_ref<std::uint64_t>(*value).load(std::memory_order_relaxed);
  }
  return {word.value, block.load_word().size(), clearings, first_word};
}

}  // namespace nitro
