// Making room: the hand clears the oldest blocks just ahead of the window, a stretch at a time.
//
//   block ahead of the hand                    what happens
//   free, unlinked, expired                    reclaimed
//   live, read since the hand was last here    moved to the window's front, mark cleared; a large
//                                              one, or one that does not fit, is jumped over
//                                              instead
//   live, not read                             evicted; moved, too, while there is no shortage but
//                                              only garbage
//   named by a reader, or being built          jumped over
//
// This is LRU with lazy promotion (CLOCK, Corbató 1968, with moving instead of marking time): a
// read sets a mark, at most once per lap, and recency is applied when room is needed.
//
// A stretch is cleared in this order, because a reader may publish a hazard at any moment:
//  1. unlink the victims and link the survivors elsewhere: their index words change;
//  2. read every row once;
//  3. reuse only what was unlinked before that reading and is named by no row.
// (The look at the rows before step 1 leaves pinned blocks linked. It saves work; it decides
// nothing.)
#include <algorithm>
#include <array>

#include "core/base/pointer_map.h"
#include "core/stripe/stripe.h"

namespace nitro {

namespace {

// One hold clears so much and looks at so many blocks, then the lock is given up for a moment.
constexpr std::uint64_t kStretchBytes = 64 * 1024;
constexpr std::uint32_t kStretchBlocks = 512;
// Blocks whose index lines are fetched together: their cache misses overlap.
constexpr std::uint32_t kBatch = 16;
// A survivor larger than this stays where it is.
constexpr std::uint64_t kLargestMove = 32 * 1024;
// Kept free ahead, so that survivors have somewhere to go.
constexpr std::uint64_t kSlack = 32 * 1024;
// The ring gets its memory in steps of this size.
constexpr std::uint64_t kGrowStep = 512 * 1024;
// Jumps in one hold.
constexpr int kJumpsPerHold = 64;

}  // namespace

// One hold's work on one stretch.
class Clearing {
 public:
  Clearing(const StripeGuard& held, Stripe& stripe, const Writer& writer,
           RoomSearch& search) noexcept
      : held_(held), stripe_(stripe), ring_(stripe.ring_), writer_(writer), search_(search) {
    const StripeState& state = *stripe_.state_;
    const std::uint64_t lap = ring_.extent();
    ignore_marks_ = search_.passed >= lap;
    const std::uint64_t in_use =
        state.live_bytes.load(std::memory_order_relaxed) +
        std::max(state.held_bytes.load(std::memory_order_relaxed),
                 state.held_bytes_last_lap.load(std::memory_order_relaxed));
    is_short_ = ignore_marks_ || in_use + search_.need >= lap / 5 * 4;
  }

  // Lengthens the window by what can be cleared behind it. False: the block there has to be jumped
  // over.
  [[nodiscard]] bool run() noexcept {
    begin_ = ring_.hand() + ring_.window();
    end_ = begin_;
    const std::uint64_t limit = std::min(begin_ + kStretchBytes, ring_.extent());
    find_named(limit);
    bool goes_on = true;
    while (goes_on && end_ < limit && count_ < kStretchBlocks) {
      goes_on = clear_batch(limit);
    }
    if (count_ == 0) {
      return false;
    }
    find_named(end_);
    join();
    search_.passed += end_ - begin_;
    return true;
  }

 private:
  struct Candidate {
    std::uint64_t position = 0;
    std::uint64_t size = 0;
    BlockState state = BlockState::kFree;
    KeyHash hash;
  };

  void find_named(std::uint64_t end) noexcept {
    writer_.table->find_named(stripe_.number_, ring_.start() + begin_, ring_.start() + end, named_);
  }

  // Step 1: up to kBatch blocks. False: a block that stays is in the way.
  bool clear_batch(std::uint64_t limit) noexcept {
    std::array<Candidate, kBatch> batch;
    std::uint32_t size = 0;
    std::uint64_t position = end_;
    while (size < kBatch && count_ + size < kStretchBlocks && position < limit) {
      const Ring::View view = ring_.view(position);
      if (!ring_.is_sound(position, view)) [[unlikely]] {
        stripe_.report_damage();
        break;
      }
      Candidate& candidate = batch[size++];
      candidate = {position, view.size, view.state, {}};
      if (view.state == BlockState::kStored) {
        const Block& block = *ring_.at(position);
        candidate.hash = hash_key(block.key(), stripe_.seed_);
        stripe_.index_.prefetch(candidate.hash);
      }
      position += view.size;
    }
    for (std::uint32_t i = 0; i < size; ++i) {
      if (!clear_block(batch[i])) {
        return false;
      }
      cleared_[count_++] = {batch[i].position, batch[i].size, batch[i].state == BlockState::kFree};
      end_ = batch[i].position + batch[i].size;
    }
    return size != 0;
  }

  // True: nothing leads to the block any more.
  bool clear_block(const Candidate& candidate) noexcept {
    Block* block = ring_.at(candidate.position);
    const std::uint64_t offset = ring_.offset_of(block);
    switch (candidate.state) {
      case BlockState::kFree:
        return true;
      case BlockState::kRetired:
        return !named_.contains(offset);
      case BlockState::kBuilding:
        return !writer_.table->is_named(
            OwnerId{static_cast<std::uint64_t>(block->deadline.load(std::memory_order_relaxed))});
      case BlockState::kStored:
        break;
    }
    if (named_.contains(offset)) {
      return false;
    }
    Slot* slot = stripe_.index_.find_word(candidate.hash, IndexWord::of(candidate.hash, offset));
    if (slot == nullptr) {
      return true;
    }
    if (is_expired(deadline_of(*block), *writer_.clock)) {
      stripe_.replace(held_, *slot, 0, 0, candidate.size);
      writer_.row->count(Counter::kExpired);
      return true;
    }
    const bool was_read = block->mark.load(std::memory_order_relaxed) != 0;
    if (is_short_ && (ignore_marks_ || !was_read)) {
      stripe_.replace(held_, *slot, 0, 0, candidate.size);
      writer_.row->count(Counter::kEvictions);
      return true;
    }
    const bool fits = ring_.window() >= candidate.size;
    if (!fits && end_ > begin_) {
      return false;  // the next stretch, with what this one has cleared, has room for it
    }
    if (!fits || candidate.size > kLargestMove) {
      block->mark.store(0, std::memory_order_relaxed);
      return false;
    }
    move(candidate, *block, *slot);
    return true;
  }

  void move(const Candidate& candidate, const Block& from, Slot& slot) noexcept {
    Block* to = ring_.front(candidate.size);
    const std::byte* value =
        reinterpret_cast<const std::byte*>(&from) + Block::value_offset(from.key_length);
    BlockContent content;
    content.key = from.key();
    content.kind = from.kind;
    content.has_pointers = from.has_pointers != 0;
    content.value = {value, from.value_length};
    static_cast<void>(stripe_.fill_block(*to, content));  // no writer that could give up
    if (content.has_pointers) {
      adjust_pointers({to->value(), to->value_length},
                      ring_.position_of(to) - ring_.position_of(&from));
    }
    to->deadline.store(from.deadline.load(std::memory_order_relaxed), std::memory_order_relaxed);
    ring_.commit(to, BlockState::kStored, candidate.size);
    stripe_.replace(held_, slot, IndexWord::of(candidate.hash, ring_.offset_of(to)).value,
                    candidate.size, candidate.size);
    writer_.row->count(Counter::kMovedBytes, candidate.size);
  }

  // Step 3: joins the window and what was cleared into as few free blocks as the holes allow.
  void join() noexcept {
    std::uint64_t run_begin = ring_.hand();
    std::uint64_t run_end = begin_;
    const auto close_run = [&] {
      if (run_end > run_begin) {
        ring_.set_free(run_begin, run_end - run_begin);
      }
    };
    for (std::uint32_t i = 0; i < count_; ++i) {
      const Cleared& cleared = cleared_[i];
      if (!cleared.was_free && named_.contains(ring_.start() + cleared.position)) {
        close_run();
        ring_.set_retired(ring_.at(cleared.position), cleared.size);
        run_begin = cleared.position + cleared.size;
      }
      run_end = cleared.position + cleared.size;
    }
    close_run();
  }

  struct Cleared {
    std::uint64_t position;
    std::uint64_t size;
    bool was_free;
  };

  const StripeGuard& held_;
  Stripe& stripe_;
  Ring& ring_;
  const Writer& writer_;
  RoomSearch& search_;
  bool ignore_marks_;
  bool is_short_;
  std::uint64_t begin_ = 0;  // of the stretch: where the window ended
  std::uint64_t end_ = 0;    // of what is cleared so far
  NamedBlocks named_;
  std::array<Cleared, kStretchBlocks> cleared_;
  std::uint32_t count_ = 0;
};

RoomStep Stripe::make_room(const StripeGuard& held, const Writer& writer,
                           RoomSearch& search) noexcept {
  // Slack is for those who begin; whoever has searched already takes what suffices.
  const std::uint64_t slack = std::min(kSlack, ring_.size() / 16);
  const std::uint64_t wanted = search.need + (search.passed == 0 ? slack : 0);
  if (ring_.window() >= wanted) [[likely]] {
    return RoomStep::kEnough;
  }

  if (search.need > ring_.extent() && !ring_.may_grow()) {
    return RoomStep::kNone;  // all the evicting in the world would not help
  }
  for (int jumps = 0; jumps < kJumpsPerHold; ++jumps) {
    const std::uint64_t window = ring_.window();
    const std::uint64_t end = ring_.hand() + window;
    if (end == ring_.extent()) {
      if (ring_.may_grow()) {
        search.extent_wanted =
            std::min(ring_.size(), ring_.extent() + round_up(search.need + slack, kGrowStep));
        return RoomStep::kReserve;
      }
      if (window >= search.need) {
        return RoomStep::kEnough;
      }
      // A block does not wrap. What is left here stays free until the hand comes round.
      search.passed += window;
      start_lap(held);
      continue;
    }
    // A lap that spares what was read; another one, and what it may have to leave at the ring's end
    // for want of length.
    if (search.passed >= 2 * ring_.extent() + search.need) {
      return RoomStep::kNone;
    }
    Clearing clearing(held, *this, writer, search);
    if (clearing.run()) {
      return ring_.window() >= search.need ? RoomStep::kEnough : RoomStep::kAgain;
    }
    if (window >= search.need) {
      return RoomStep::kEnough;
    }
    if (!jump_over(held, end, search)) {
      return RoomStep::kNone;
    }
  }
  return RoomStep::kAgain;
}

void Stripe::start_lap(const StripeGuard&) noexcept {
  const std::uint64_t held_bytes = state_->held_bytes.load(std::memory_order_relaxed);
  state_->held_bytes_last_lap.store(held_bytes, std::memory_order_relaxed);
  state_->held_bytes.store(0, std::memory_order_relaxed);
  ring_.set_hand(0);
}

bool Stripe::jump_over(const StripeGuard&, std::uint64_t position, RoomSearch& search) noexcept {
  const Ring::View view = ring_.view(position);
  if (!ring_.is_sound(position, view)) [[unlikely]] {
    report_damage();
    return false;
  }
  const std::uint64_t next = position + view.size;
  search.passed += view.size;
  if (view.state != BlockState::kStored) {
    // Relaxed: only a sum.
    state_->held_bytes.fetch_add(view.size, std::memory_order_relaxed);
  }
  ring_.set_hand(next);
  return true;
}

bool Stripe::grow(const Writer& writer, const RoomSearch& search) noexcept {
  const std::uint64_t from = ring_.extent();
  const bool reserved =
      from >= search.extent_wanted ||
      writer.segment->reserve(ring_.start() + from, ByteCount{search.extent_wanted - from});
  StripeGuard held(*this, writer);
  if (!held.has_lock()) {
    return false;
  }
  if (!reserved) {
    ring_.set_stuck(true);
  } else if (ring_.extent() < search.extent_wanted) {
    ring_.extend_to(search.extent_wanted);
  }
  return true;
}

}  // namespace nitro
