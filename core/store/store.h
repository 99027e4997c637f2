// What everybody outside core uses: a Store is one cache mapped into this process, a Session is one
// thread's way into it. Both only forward.
//
//   auto store = Store::open({.name = "default"});
//   Session session(store.value());
//   session.put("key", {.kind = ValueKind::kShortString, .body = bytes}, kNever);
//   if (auto entry = session.find("key")) { … copy entry->bytes … }
//   session.release();
//
// Threads share a Store; each has a Session of its own and never touches another's.
#pragma once

#include <atomic>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/hash.h"
#include "core/base/result.h"
#include "core/process/lock_table.h"
#include "core/process/process_table.h"
#include "core/segment/segment.h"
#include "core/store/layout.h"
#include "core/store/options.h"
#include "core/store/pin_set.h"
#include "core/store/statistics.h"
#include "core/store/value.h"
#include "core/stripe/stripe.h"

namespace nitro {

// What is known of an attached cache that does not change.
struct StoreFacts {
  std::string name;          // the cache's name
  std::string segment_name;  // the system's name of the shared memory object
  std::string maker;         // StoreOptions::maker of the creator
  std::uint64_t value_abi = 0;
  ByteCount size;                         // of the segment
  std::int64_t created_at = 0;            // wall clock, seconds
  bool created_here = false;              // this open() made it
  bool at_home = false;                   // mapped at its home address
  std::optional<ByteCount> shrunk_from;   // the default size that did not fit
  std::optional<ByteCount> refused_size;  // a size asked for that an existing cache did not take
};

// A cache of this user that exists, attached or not.
struct CacheListing {
  std::string name;
  std::uint64_t value_abi = 0;
  std::string segment_name;
};

class Store {
 public:
  // Attaches to the cache, or creates it. Never throws; the error's message says what to do.
  [[nodiscard]] static Result<std::shared_ptr<Store>> open(const StoreOptions& options) noexcept;

  // The caches that this user has on this machine, of any value ABI.
  [[nodiscard]] static std::vector<CacheListing> list();

  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  [[nodiscard]] const StoreFacts& facts() const noexcept { return facts_; }
  [[nodiscard]] Statistics statistics() const noexcept;
  // Requires: stripe < Statistics::stripes.
  [[nodiscard]] StripeStatistics statistics_of(std::uint32_t stripe) const noexcept;
  // Statistics::entries, for far less.
  [[nodiscard]] std::uint64_t entry_count() const noexcept;
  [[nodiscard]] MonotonicTime now() const noexcept { return options_.clock->now(); }

  // True once the segment was given up, by all or by this process alone: open() again, and let go
  // of this one when no value of it is in use any more. Two relaxed loads.
  [[nodiscard]] bool is_condemned() const noexcept {
    return segment_.is_condemned() || is_abandoned();
  }
  // This process cannot use it any more, others can: it was left without file locks by a fork, or
  // changed its user.
  [[nodiscard]] bool is_abandoned() const noexcept {
    return abandoned_.load(std::memory_order_relaxed);
  }

  // A few microseconds. When the name leads elsewhere (somebody removed it), the segment is
  // condemned, so that all its processes meet again in a new one; when this process has changed its
  // user, it is abandoned. Returns is_condemned().
  bool check_name() noexcept;

  // Condemns the segment and removes its name.
  void destroy() noexcept;

  // What an entry that is stored now with this tag has to be marked with.
  [[nodiscard]] TagMark mark_of(std::string_view tag, TagKind kind = TagKind::kTag) const noexcept {
    return tags_.mark(tag, kind);
  }
  // Nobody finds an entry any more that carries the mark the tag had until now. One store per
  // stripe, however many there are; their memory becomes free with the next sweep.
  void invalidate_tag(std::string_view tag, TagKind kind = TagKind::kTag) noexcept;

  // --- the janitor's seat: one living process at most, by the kernel's word
  [[nodiscard]] bool try_take_janitor_seat() noexcept;
  [[nodiscard]] bool has_janitor() const noexcept;
  // 0: none.
  [[nodiscard]] std::int64_t janitor_pid() const noexcept;
  // Called by the janitor each round.
  void note_janitor_round() noexcept;
  // Unix time of its last round; 0: there is no janitor, or none yet.
  [[nodiscard]] std::int64_t janitor_heartbeat() const noexcept;
  // Rows of living processes and threads, this process's own included.
  [[nodiscard]] std::uint32_t attached_rows() const noexcept;

  // In a child of fork(), before its session's: the child gets file locks of its own, since a
  // copied descriptor would keep its parent alive in the kernel's eyes.
  void after_fork_in_child() noexcept;

 private:
  friend class Session;
  friend class StoreInspector;
  Store(const StoreOptions& options, Segment segment, const Geometry& geometry);
  void abandon() noexcept { abandoned_.store(true, std::memory_order_relaxed); }

  StoreOptions options_;
  Segment segment_;
  Geometry geometry_;
  ProcessTable table_;
  LockTable locks_;
  TagTable tags_;
  std::vector<Stripe> stripes_;
  StoreFacts facts_;
  std::uint64_t user_;  // who opened it
  std::atomic<bool> abandoned_{false};
};

enum class PutOutcome {
  kStored,
  kTooLarge,    // larger than Statistics::largest_value: can never fit
  kNoRoom,      // readers or other writers hold what would have to make room
  kTimedOut,    // the stripe was locked for longer than StoreOptions::lock_timeout
  kNoRow,       // the process table is full, guest rows included
  kNotWritten,  // the value's writer gave up
  kConditionFailed,
};

enum class EraseOutcome { kErased, kAbsent, kTimedOut, kNoRow, kConditionFailed };

enum class TouchOutcome { kTouched, kAbsent, kTimedOut, kNoRow };

// How put() stores.
struct PutTerms {
  MonotonicTime deadline = kNever;       // in the past: the entry is gone at once
  const Condition* condition = nullptr;  // if it does not hold: PutOutcome::kConditionFailed
  std::span<const std::byte> extras;     // none, or an Extras with all that follows it
};

// What find_version() found: the entry, and what identifies it later.
struct VersionedEntry {
  Entry entry;
  EntryVersion version;
};

// What somebody who may use a value past its deadline found.
struct StaleEntry {
  Entry entry;
  bool is_live = false;         // as find() would have found it
  std::uint32_t making_ms = 0;  // as the extras say
};

struct CounterOutcome {
  enum class Status {
    kDone,
    kNotANumber,  // the key holds something else; left as it is
    kOverflow,    // the sum does not fit 64 bits; left as it is
    kNotStored,   // as put()
  };
  Status status = Status::kDone;
  Number value;
};

enum class LimitOutcome {
  kAllowed,
  kRefused,
  kNotALimit,  // the key holds something else; left as it is
  kNotStored,  // as put()
};

class Session {
 public:
  // Takes a row of the process table; without one each call borrows a guest row.
  explicit Session(std::shared_ptr<Store> store) noexcept;
  // Drops the pins and gives the row back.
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] Store& store() const noexcept { return *store_; }
  // As Store::is_condemned() for those who ask before each call: one load.
  [[nodiscard]] bool is_condemned() const noexcept { return nitro::is_condemned(*state_); }

  // --- reading: no lock, no system call, no allocation
  // Counts a hit or a miss and marks the entry as used.
  [[nodiscard]] std::optional<Entry> find(std::string_view key) noexcept;
  // As find(), but neither counts nor marks, and needs no release().
  [[nodiscard]] bool has(std::string_view key) noexcept;
  // As find(), but neither counts nor marks.
  [[nodiscard]] std::optional<Entry> peek(std::string_view key) noexcept;
  // Keeps the bytes of the entry that find() just returned in place until drop_pins(): at
  // in_place(). False: copy them instead. The same block is pinned once however often it is asked
  // for.
  [[nodiscard]] bool try_pin(const Entry& entry) noexcept;
  // The bytes of a pinned entry where they may be handed out. Without StoreOptions::protect_values
  // the same as entry.bytes.
  [[nodiscard]] std::span<const std::byte> in_place(const Entry& entry) const noexcept {
    return {values_ + (entry.bytes.data() - base_), entry.bytes.size()};
  }
  // Where the value lies in a process that is at home: what its pointers are relative to. The
  // same as where in_place() is if and only if this process is at home.
  [[nodiscard]] std::uint64_t home_of(const Entry& entry) const noexcept {
    return home_ + static_cast<std::uint64_t>(entry.bytes.data() - base_);
  }
  [[nodiscard]] bool is_at_home() const noexcept {
    return home_ == reinterpret_cast<std::uint64_t>(values_);
  }
  // After the last use of an entry that was not pinned. Cheap; harmless when nothing is held.
  void release() noexcept;
  // At the end of a request, when nobody can look at a pinned value any more. Also releases.
  void drop_pins() noexcept;
  [[nodiscard]] std::uint32_t pin_count() const noexcept;

  // As find(), for somebody who means to change the entry if nobody else does before.
  [[nodiscard]] std::optional<VersionedEntry> find_version(std::string_view key) noexcept;
  // As find(), but also what is past its deadline, for as long as its extras allow; and it counts
  // nothing: count_lookup() does.
  [[nodiscard]] std::optional<StaleEntry> find_stale(std::string_view key) noexcept;
  void count_lookup(bool is_hit) noexcept;
  // The extras of the entry that was just found; nullptr: it has none.
  [[nodiscard]] const Extras* extras_of(const Entry& entry) const noexcept;
  // The memory that the entry that was just found takes, header, key and extras included.
  [[nodiscard]] ByteCount stored_size(const Entry& entry) const noexcept;

  // --- writing
  // `deadline` in the past: the entry is gone at once, and that is kStored too.
  [[nodiscard]] PutOutcome put(std::string_view key, const Value& value,
                               const PutTerms& terms) noexcept;
  [[nodiscard]] PutOutcome put(std::string_view key, const Value& value,
                               MonotonicTime deadline) noexcept {
    return put(key, value, PutTerms{deadline, nullptr, {}});
  }
  [[nodiscard]] EraseOutcome erase(std::string_view key,
                                   const Condition* condition = nullptr) noexcept;
  // Gives the entry another deadline, which lies ahead. Its value stays.
  [[nodiscard]] TouchOutcome touch(std::string_view key, MonotonicTime deadline) noexcept;
  // Adds `by` to the number under `key`; an absent key starts at `initial` and gets `deadline`
  // and the extras,
  // an existing one keeps its own. The sum is a float when one of the two is.
  [[nodiscard]] CounterOutcome add_to_counter(std::string_view key, Number by, Number initial,
                                              MonotonicTime deadline,
                                              std::span<const std::byte> extras = {}) noexcept;
  // Counts one event, of which `limit` (1 or more) are allowed per period, at once or spread over
  // it. An absent key gets the extras.
  [[nodiscard]] LimitOutcome count_against_limit(std::string_view key, std::int64_t limit,
                                                 Nanoseconds period,
                                                 std::span<const std::byte> extras = {}) noexcept;
  // Unlinks every entry that is there when it begins. False: a stripe could not be locked.
  [[nodiscard]] bool clear() noexcept;

  // --- locks with names. They are this session's, and end with it
  [[nodiscard]] LockTable::Attempt try_lock(std::uint64_t name, Milliseconds lease) noexcept;
  // Sleeps until what try_lock() found to be held is given back, or some milliseconds.
  void wait_for_unlock(const LockTicket& holder, Milliseconds at_most) noexcept;
  // Both, for as long as `wait`.
  [[nodiscard]] LockTable::Attempt lock(std::uint64_t name, Milliseconds lease,
                                        Milliseconds wait) noexcept;
  [[nodiscard]] bool holds(const LockTicket& ticket) const noexcept;
  [[nodiscard]] bool extend_lock(const LockTicket& ticket, Milliseconds lease) noexcept;
  // False: it was held no more.
  bool unlock(const LockTicket& ticket) noexcept;
  // At the end of a request: all that were taken.
  void unlock_all() noexcept;
  // The number that stands for a name.
  [[nodiscard]] std::uint64_t lock_name(std::string_view name, LockKind kind) const noexcept {
    return hash_key(name, seed_ ^ static_cast<std::uint64_t>(kind)).value;
  }

  // --- fork. prepare_fork() in the parent, when pin_count() > 0: takes a row for the child that
  // names the same pins. When none can be had, the child gets the pinned values as copies in their
  // places, and abandons the store. Then exactly one of the other two in each process.
  void prepare_fork() noexcept;
  void after_fork_in_parent() noexcept;
  void after_fork_in_child() noexcept;

 private:
  friend class StoreInspector;

  // Makes sure of a row, if need be a guest's. False: there is none; nothing may be done.
  [[nodiscard]] bool begin_call() noexcept { return writer_.row != nullptr || borrow_row(); }
  [[nodiscard]] bool borrow_row() noexcept;
  void use_row(const TakenRow& taken) noexcept;
  // What release() and every writing call end with.
  void end_guest_call() noexcept {
    if (is_guest_) [[unlikely]] {
      give_back_guest_row();
    }
  }
  void give_back_guest_row() noexcept;
  [[nodiscard]] KeyHash hash(std::string_view key) const noexcept { return hash_key(key, seed_); }
  [[nodiscard]] Stripe& stripe_of(KeyHash hash) const noexcept {
    return stripes_[hash.stripe(stripe_mask_)];
  }
  // The linked block of this key, named by the hazard; null: there is none that is alive.
  [[nodiscard]] Block* protect(KeyHash hash, std::string_view key) noexcept;
  [[nodiscard]] Block* protect_in(Bucket& bucket, KeyHash hash, std::string_view key) noexcept;
  // The same, in a function of its own: most keys are in their first bucket.
  [[nodiscard]] Block* protect_in_second(Bucket& bucket, KeyHash hash,
                                         std::string_view key) noexcept;
  // The block this slot leads to, whatever its key, named by the hazard; null: the slot is empty.
  [[nodiscard]] Block* protect_slot(const Slot& slot) noexcept;
  // The block at `offset`; null when it does not lie within the rings: the segment is damaged, and
  // condemned.
  [[nodiscard]] Block* checked_block(std::uint64_t offset) const noexcept;
  static void mark_used(Block& block) noexcept;
  // For what find() found to be past its deadline.
  [[nodiscard]] bool is_live_nevertheless(const Block& block) const noexcept;
  [[nodiscard]] Entry entry_of(Block& block) const noexcept;
  [[nodiscard]] std::uint64_t stripe_number(std::uint64_t block) const noexcept;
  void uncount_pins() noexcept;
  // --- words.cpp
  enum class WordStep { kChanged, kLeft, kFailed, kAgain, kReserve };
  template <typename Decide>
  [[nodiscard]] WordStep try_change(Stripe& stripe, KeyHash hash, std::string_view key,
                                    std::span<const std::byte> extras, RoomSearch& search,
                                    const Decide& decide) noexcept;
  template <typename Decide>
  [[nodiscard]] WordStep change_word(std::string_view key, std::span<const std::byte> extras,
                                     const Decide& decide) noexcept;

  // What a read needs, together.
  Writer writer_;
  const SharedAtomic<std::uint32_t>* state_;  // the header's
  Bucket* buckets_;                           // of all stripes
  std::uint64_t buckets_per_stripe_;
  std::uint64_t stripe_mask_;
  bool is_guest_ = false;
  std::uint64_t seed_;
  std::byte* base_;
  std::byte* values_;  // what is at base_, where it is handed out in place
  std::uint64_t home_;
  std::uint64_t rings_begin_;
  std::uint64_t rings_end_;
  Stripe* stripes_;

  std::shared_ptr<Store> store_;
  std::unique_ptr<PinSet> pins_;
  std::uint64_t pinned_bytes_ = 0;
  std::bitset<kMaxPins> counted_pins_;  // those that StripeState::pinned_bytes knows from us
  bool has_locked_ = false;             // since the last unlock_all()
  MonotonicTime asked_for_row_;  // when a row was last asked for; kNever: ask with the next call

  // Between prepare_fork() and its counterpart.
  std::optional<LockFile> child_locks_;
  TakenRow child_row_;
  // Without such a row: what the pages with pinned values hold.
  struct PageCopy {
    std::byte* start;
    std::vector<std::byte> bytes;
  };
  [[nodiscard]] std::vector<PageCopy> copy_pinned_pages() const;
  std::vector<PageCopy> child_pages_;
  // What holds the row that a child adopted.
  std::optional<LockFile> adopted_locks_;
};

// What a read does, inline.

inline Block* Session::checked_block(std::uint64_t offset) const noexcept {
  if (offset - rings_begin_ > rings_end_ - rings_begin_ - sizeof(Block) || offset % kBlockUnit != 0)
      [[unlikely]] {
    store_->segment_.condemn();
    return nullptr;
  }
  auto* block = reinterpret_cast<Block*>(base_ + offset);
  // Two lengths of 32 bits: the sum does not overflow.
  const std::uint64_t size = Block::value_offset(block->key_length) + block->value_length;
  if (size > rings_end_ - offset) [[unlikely]] {
    store_->segment_.condemn();
    return nullptr;
  }
  return block;
}

// Steps R1 to R3 of DESIGN.md 5.
inline Block* Session::protect_slot(const Slot& slot) noexcept {
  // R1. Relaxed: R3 reads it again.
  IndexWord word{slot.load(std::memory_order_relaxed)};
  while (word.value != 0) {
    // Header and key, and the line behind them, where most values begin.
    __builtin_prefetch(base_ + word.block());
    __builtin_prefetch(base_ + word.block() + kCacheLine);
    // R2. seq_cst: either the scan of a writer sees it, or R3 sees what the writer unlinked.
    writer_.row->hazard.store(word.block(), std::memory_order_seq_cst);
    // R3. seq_cst, not acquire, which ARM may order before R2.
    const IndexWord again{slot.load(std::memory_order_seq_cst)};
    if (again == word) {
      return checked_block(word.block());
    }
    word = again;  // a writer won this round
  }
  return nullptr;
}

[[gnu::always_inline]] inline Block* Session::protect_in(Bucket& bucket, KeyHash hash,
                                                         std::string_view key) noexcept {
  for (Slot& slot : bucket.slots) {
    if (IndexWord{slot.load(std::memory_order_relaxed)}.tag() == hash.tag()) {
      Block* block = protect_slot(slot);
      if (block != nullptr && keys_are_equal(block->key(), key)) {
        return block;
      }
    }
  }
  return nullptr;
}

[[gnu::always_inline]] inline Block* Session::protect(KeyHash hash, std::string_view key) noexcept {
  // Computed here, since going through the stripe would make the hash wait for two more loads.
  Bucket* const stripe = buckets_ + hash.stripe(stripe_mask_) * buckets_per_stripe_;
  const std::uint64_t first = hash.first_bucket(buckets_per_stripe_);
  Block* block = protect_in(stripe[first], hash, key);
  return block != nullptr ? block : protect_in_second(stripe[hash.second_bucket(first)], hash, key);
}

inline Entry Session::entry_of(Block& block) const noexcept {
  Entry entry;
  entry.kind = static_cast<ValueKind>(block.kind);
  entry.bytes = {block.value(), block.value_length};
  entry.deadline = deadline_of(block);
  entry.block = static_cast<std::uint64_t>(reinterpret_cast<std::byte*>(&block) - base_);
  return entry;
}

// At most one store per lap of the hand: all processes that read the entry share its line.
[[gnu::always_inline]] inline void Session::mark_used(Block& block) noexcept {
  if (block.mark.load(std::memory_order_relaxed) == 0) {
    block.mark.store(1, std::memory_order_relaxed);
  }
}

[[gnu::always_inline]] inline std::optional<Entry> Session::find(std::string_view key) noexcept {
  if (!begin_call()) [[unlikely]] {
    return std::nullopt;
  }
  Block* block = protect(hash(key), key);
  if (block != nullptr) [[likely]] {
    const MonotonicTime deadline{block->deadline.load(std::memory_order_relaxed)};
    if (!is_expired(deadline, *writer_.clock) || is_live_nevertheless(*block)) [[likely]] {
      writer_.row->count(Counter::kHits);
      mark_used(*block);
      return entry_of(*block);
    }
  }
  writer_.row->count(Counter::kMisses);
  release();
  return std::nullopt;
}

inline bool Session::has(std::string_view key) noexcept {
  if (!begin_call()) [[unlikely]] {
    return false;
  }
  const Block* block = protect(hash(key), key);
  const bool is_there = block != nullptr && is_live(*block, *writer_.tags, *writer_.clock);
  release();
  return is_there;
}

inline void Session::release() noexcept {
  if (writer_.row != nullptr) [[likely]] {
    // R7. Release: what was read has been read. Partner: the scan's load.
    writer_.row->hazard.store(0, std::memory_order_release);
    end_guest_call();
  }
}

}  // namespace nitro
