// Making room in a queue: its hand clears the oldest blocks just ahead of its window, a stretch at
// a time.
//
//   block ahead of the hand                    what happens
//   free, unlinked, expired                    reclaimed
//   live, read since the hand was last here    moved to the front of the main queue's window, mark
//                                              cleared; a large one, or one that does not fit, is
//                                              jumped over instead
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

// Entries of a stretch, which cost two cache misses each. It is short, so that a call which makes
// room does so for few others, and takes some ten times as long as they do, not a hundred times.
constexpr std::uint32_t kStretchEntries = 16;
// Where more is needed, a hold clears so much, then the lock is given up for a moment.
constexpr std::uint64_t kHoldBytes = 64 * 1024;
constexpr std::uint32_t kHoldBlocks = 512;
// Blocks whose index lines are fetched together: their cache misses overlap.
constexpr std::uint32_t kBatch = 16;
// The ring gets its memory in steps of this size.
constexpr std::uint64_t kGrowStep = 512 * 1024;
// Jumps in one hold.
constexpr int kJumpsPerHold = 64;
// Of one search, in queues of no length.
constexpr std::uint64_t kMostLaps = 64;
// No position of a hand: somebody has asked for room in probation since the main queue's last lap.
constexpr std::uint64_t kInUse = UINT64_MAX;

}  // namespace

// One hold's work on one stretch.
class Clearing {
 public:
  Clearing(const StripeGuard& held, Stripe& stripe, const Writer& writer,
           RoomSearch& search) noexcept
      : held_(held),
        stripe_(stripe),
        ring_(stripe.ring_),
        writer_(writer),
        search_(search),
        queue_(search.queue) {
    ignore_marks_ = queue_ == Queue::kMain && search_.passed >= ring_.size_of(queue_);
    const std::uint64_t in_use =
        stripe_.state_->live_bytes.load(std::memory_order_relaxed) + ring_.held_bytes();
    is_short_ = ignore_marks_ || in_use + search_.need >= ring_.extent() / 10 * 9;
  }

  // Lengthens the window by what can be cleared behind it. False: the block there has to be jumped
  // over.
  [[nodiscard]] bool run() noexcept {
    const std::uint64_t window = ring_.window(queue_);
    begin_ = ring_.hand(queue_) + window;
    end_ = begin_;
    const std::uint64_t missing = search_.need - std::min(search_.need, window);
    const std::uint64_t stretch = stripe_.stretch(writer_);
    const std::uint64_t length = std::min(std::max(missing, stretch), kHoldBytes);
    const std::uint64_t limit = std::min(begin_ + length, ring_.end_of(queue_));
    const std::uint64_t most_entries =
        missing > stretch ? kHoldBlocks : kStretchEntries * Stripe::looks(writer_);
    find_named(limit);
    bool goes_on = true;
    while (goes_on && end_ < limit && entries_ < most_entries && count_ < kHoldBlocks) {
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
    while (size < kBatch && count_ + size < kHoldBlocks && position < limit) {
      const Ring::View view = ring_.view(position);
      if (!ring_.is_sound(position, view)) [[unlikely]] {
        stripe_.report_damage();
        break;
      }
      Candidate& candidate = batch[size++];
      candidate = {position, view.size, view.state, {}};
      if (view.state == BlockState::kStored) {
        ++entries_;
        const Block& block = *ring_.at(position);
        candidate.hash = hash_key(block.key(), stripe_.seed_);
        stripe_.index_.prefetch(candidate.hash);
        stripe_.history_.prefetch(candidate.hash.first_bucket(stripe_.index_.bucket_count()));
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
    if (is_over(*block, *writer_.tags, *writer_.clock)) {
      stripe_.replace(held_, *slot, 0, 0, candidate.size);
      writer_.row->count(Counter::kExpired);
      return true;
    }
    const bool was_read = block->mark.load(std::memory_order_relaxed) != 0;
    if (is_short_ && (ignore_marks_ || !was_read)) {
      stripe_.replace(held_, *slot, 0, 0, candidate.size);
      writer_.row->count(Counter::kEvictions);
      if (block->came_early == 0) {
        stripe_.note_evicted(held_, candidate.hash, queue_, candidate.size);
      }
      return true;
    }
    // What does not fit may fit the next stretch, with what this one has cleared.
    if (ring_.window(Queue::kMain) < candidate.size || candidate.size > kLargestMove) {
      return false;
    }
    move(candidate, *block, *slot);
    return true;
  }

  void move(const Candidate& candidate, const Block& from, Slot& slot) noexcept {
    Block* to = ring_.front(Queue::kMain, candidate.size);
    const std::byte* value =
        reinterpret_cast<const std::byte*>(&from) + Block::value_offset(from.key_length);
    BlockContent content;
    content.key = from.key();
    content.kind = from.kind;
    content.has_pointers = from.has_pointers != 0;
    content.value = {value, from.value_length};
    if (const Extras* extras = extras_of(from)) {
      content.extras = {reinterpret_cast<const std::byte*>(extras), extras->size()};
    }
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
    // Before anybody can write there. Partner: Session::find_version().
    stripe_.state_->clearings.fetch_add(1, std::memory_order_release);
    std::uint64_t run_begin = ring_.hand(queue_);
    stripe_.spares_.purge(run_begin, end_);
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
  Queue queue_;
  bool ignore_marks_;
  bool is_short_;
  std::uint64_t begin_ = 0;  // of the stretch: where the window ended
  std::uint64_t end_ = 0;    // of what is cleared so far
  NamedBlocks named_;
  std::array<Cleared, kHoldBlocks> cleared_;
  std::uint32_t count_ = 0;
  std::uint32_t entries_ = 0;  // of those that were looked at
};

bool Stripe::is_lap_over(Queue queue, std::uint64_t end) const noexcept {
  return end == ring_.end_of(queue) || (queue == Queue::kProbation && end >= wanted_border());
}

// A lap that spares what was read; in the main queue another one, and what it may have to leave at
// the end for want of length.
bool Stripe::has_passed_enough(const RoomSearch& search) const noexcept {
  const std::uint64_t laps = search.queue == Queue::kMain ? 2 : 1;
  return search.passed >= laps * ring_.size_of(search.queue) + search.need;
}

RoomStep Stripe::make_room_aside(const StripeGuard& held, const Writer& writer,
                                 RoomSearch& search) noexcept {
  ring_.state().probation_hand_before.store(kInUse, std::memory_order_relaxed);
  // For the next block; slack is for the others.
  const std::uint64_t next = ring_.hand(Queue::kProbation) + ring_.window(Queue::kProbation);
  const std::uint64_t size = next < ring_.border() ? ring_.view(next).size : 0;
  RoomSearch aside{.need = std::min(size, most_aside())};
  aside.passed = search.passed_aside;
  const RoomStep step = make_room(held, writer, aside);
  search.passed_aside = aside.passed;
  search.extent_wanted = aside.extent_wanted;
  return step;
}

RoomStep Stripe::search_room(const StripeGuard& held, const Writer& writer,
                             RoomSearch& search) noexcept {
  if (ring_.window(search.queue) >= search.need + slack(search)) {
    return RoomStep::kEnough;
  }
  if (search.need > ring_.extent() && !ring_.may_grow()) {
    return RoomStep::kNone;  // all the evicting in the world would not help
  }
  for (int jumps = 0; jumps < kJumpsPerHold; ++jumps) {
    if (const auto step = move_hand(held, writer, search)) {
      return *step;
    }
  }
  return RoomStep::kAgain;
}

std::optional<RoomStep> Stripe::move_hand(const StripeGuard& held, const Writer& writer,
                                          RoomSearch& search) noexcept {
  const Queue queue = search.queue;
  if (queue == Queue::kProbation) {
    // First, since it may move the border.
    const RoomStep aside = make_room_aside(held, writer, search);
    if (aside == RoomStep::kAgain || aside == RoomStep::kReserve) {
      return aside;
    }
  }
  const std::uint64_t window = ring_.window(queue);
  const std::uint64_t end = ring_.hand(queue) + window;
  const bool is_over = is_lap_over(queue, end);
  if (is_over && queue == Queue::kMain && ring_.may_grow()) {
    search.extent_wanted =
        std::min(ring_.size(), ring_.extent() + round_up(search.need + kSlack, kGrowStep));
    return RoomStep::kReserve;
  }
  if (is_over) {
    if (window >= search.need) {
      return RoomStep::kEnough;
    }
    // A block does not wrap. What is left here stays free until the hand comes round. Each lap
    // counts, so that there is an end even to those of an empty queue.
    search.passed += std::max(window, ring_.size() / kMostLaps);
    start_lap(held, queue, end);
  }
  if (has_passed_enough(search)) {
    if (queue == Queue::kMain) {
      return RoomStep::kNone;
    }
    search.queue = Queue::kMain;
    search.passed = 0;
    return RoomStep::kAgain;
  }
  if (is_over) {
    return std::nullopt;
  }
  Clearing clearing(held, *this, writer, search);
  if (clearing.run()) {
    return ring_.window(queue) >= search.need ? RoomStep::kEnough : RoomStep::kAgain;
  }
  if (window >= search.need) {
    return RoomStep::kEnough;
  }
  return jump_over(held, end, search) ? std::nullopt : std::optional(RoomStep::kNone);
}

void Stripe::start_lap(const StripeGuard& held, Queue queue, std::uint64_t end) noexcept {
  if (queue == Queue::kProbation) {
    if (end < ring_.border()) {
      ring_.set_border(end);
    } else if (end < wanted_border() && extend_probation(held)) {
      return;
    }
  } else {
    // If probation has not been used for a whole lap, nobody would ever clear it.
    auto& before = ring_.state().probation_hand_before;
    const std::uint64_t hand = ring_.hand(Queue::kProbation);
    if (before.load(std::memory_order_relaxed) == hand) {
      ring_.set_border(0);
    }
    before.store(hand, std::memory_order_relaxed);
  }
  QueueState& state = ring_.state_of(queue);
  const std::uint64_t held_bytes = state.held_bytes.load(std::memory_order_relaxed);
  state.held_bytes_last_lap.store(held_bytes, std::memory_order_relaxed);
  state.held_bytes.store(0, std::memory_order_relaxed);
  ring_.set_hand(queue, ring_.begin_of(queue));
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
    ring_.state_of(search.queue).held_bytes.fetch_add(view.size, std::memory_order_relaxed);
  }
  ring_.set_hand(search.queue, next);
  if (view.state == BlockState::kStored) {
    // Not while the hand is still before it: then whoever comes next would evict it.
    ring_.at(position)->mark.store(0, std::memory_order_relaxed);
  }
  return true;
}

// A lap of one queue that begins at the ring's start: what it joins is one window.
bool Stripe::reclaim(const Writer& writer) noexcept {
  RoomSearch search;
  for (bool is_begun = false;; let_others_in(state_->lock)) {
    StripeGuard held(*this, writer);
    if (!held.has_lock()) {
      return false;
    }
    if (!is_begun) {
      ring_.set_border(0);
      ring_.set_hand(Queue::kMain, 0);
      is_begun = true;
    }
    const std::uint64_t end = ring_.hand(Queue::kMain) + ring_.window(Queue::kMain);
    if (end == ring_.extent() || search.passed >= ring_.extent()) {
      return true;
    }
    Clearing clearing(held, *this, writer, search);
    if (!clearing.run() && !jump_over(held, end, search)) {
      return true;
    }
  }
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
