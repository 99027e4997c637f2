// A stripe's memory: blocks that tile it from end to end, in two queues, each with a hand that goes
// round.
//
//   0            border                                   extent        size
//   | probation  | main                                   | not yet used |
//
// What is stored for the first time comes into the probation queue, what is known to be used more
// than once into the main one (see admission.cpp). Where the border lies says how much each has.
//
// The free block at a queue's hand is its *window*. New blocks are cut from its front, so
// allocating is moving a position; clearing (see room.cpp) lengthens it at its end.
//
// Invariants, at every instant, so that a death costs nothing but the entry being written
//  1. Walking from the ring's start by the blocks' sizes ends exactly at `extent`.
//  2. The border and the hands are a block's start or `extent`; probation's hand does not lie
//  behind
//     the border, nor the main one before it. Any such values are valid: wrong ones cost order, not
//     correctness.
//  3. A remainder's word is stored before the word of the block that is cut off: it lies inside the
//     free block, where nobody looks until then.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/segment/shared_type.h"
#include "core/stripe/block.h"

namespace nitro {

enum class Queue : std::uint32_t { kProbation = 0, kMain = 1 };
inline constexpr std::array kQueues = {Queue::kProbation, Queue::kMain};

// Written under the stripe's lock. Positions are bytes from the ring's start.
struct QueueState {
  // Unlinked bytes that readers or builders kept the hand from reclaiming: in this lap so far, and
  // in the last one.
  SharedAtomic<std::uint64_t> held_bytes;
  SharedAtomic<std::uint64_t> held_bytes_last_lap;
  SharedAtomic<std::uint64_t> evicted_bytes;  // lately; see admission.cpp
};

struct RingState {
  // Of each queue.
  std::array<SharedAtomic<std::uint64_t>, 2> hands;
  SharedAtomic<std::uint64_t> extent;  // how much of the ring has memory behind it; grows in steps
  SharedAtomic<std::uint64_t> border;
  // Up to here is what each set needs; see StripeState.

  SharedAtomic<std::uint64_t>
      is_stuck;  // 1: no more memory could be had; a sweep lets it try again
  SharedAtomic<std::uint64_t> wanted_border;  // where hits would be most; 0: not known yet
  std::array<QueueState, 2> queues;
  // Where probation's hand was when the main one last began a lap.
  SharedAtomic<std::uint64_t> probation_hand_before;
};
static_assert(SharedType<RingState>);

// One ring, as this process sees it. Everything here wants the stripe's lock.
class Ring {
 public:
  // `start` is the ring's offset in the segment.
  Ring(RingState& state, std::byte* segment, std::uint64_t start, std::uint64_t size) noexcept
      : state_(&state), base_(segment + start), start_(start), size_(size) {}

  [[nodiscard]] std::uint64_t start() const noexcept { return start_; }
  // As planned. What can be used so far is extent().
  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  // Whatever is stored, within the ring; so is hand().
  [[nodiscard]] std::uint64_t extent() const noexcept {
    return round_down(std::min(load(state_->extent), size_), kBlockUnit);
  }
  [[nodiscard]] bool may_grow() const noexcept {
    return extent() < size_ && load(state_->is_stuck) == 0;
  }
  [[nodiscard]] std::uint64_t border() const noexcept {
    return round_down(std::min(load(state_->border), extent()), kBlockUnit);
  }
  [[nodiscard]] std::uint64_t begin_of(Queue queue) const noexcept {
    return queue == Queue::kProbation ? 0 : border();
  }
  [[nodiscard]] std::uint64_t end_of(Queue queue) const noexcept {
    return queue == Queue::kProbation ? border() : extent();
  }
  [[nodiscard]] std::uint64_t size_of(Queue queue) const noexcept {
    return end_of(queue) - begin_of(queue);
  }
  [[nodiscard]] Queue queue_at(std::uint64_t position) const noexcept {
    return position < border() ? Queue::kProbation : Queue::kMain;
  }
  [[nodiscard]] std::uint64_t hand(Queue queue) const noexcept { return ahead(queue).begin; }
  void set_hand(Queue queue, std::uint64_t position) noexcept {
    hand_of(queue).store(position, std::memory_order_release);
  }
  // Hands the blocks between the old border and this one over, as they are. Requires: `position` is
  // a block's start, or the ring's extent.
  void set_border(std::uint64_t position) noexcept {
    // The hands first, so that none is ever in the other queue, where it would stay when the border
    // comes back, and what was a block's start is none any more.
    if (position < hand(Queue::kProbation)) {
      set_hand(Queue::kProbation, 0);
    }
    if (position > hand(Queue::kMain)) {
      set_hand(Queue::kMain, position);
    }
    state_->border.store(position, std::memory_order_release);
  }
  // Requires: the memory up to `extent` is reserved and, beyond the old one, zero.
  void extend_to(std::uint64_t extent) noexcept {
    state_->extent.store(extent, std::memory_order_release);
  }
  // No more memory can be had for now: what there is, is the ring.
  void set_stuck(bool is_stuck) noexcept {
    state_->is_stuck.store(is_stuck ? 1 : 0, std::memory_order_release);
  }

  [[nodiscard]] Block* at(std::uint64_t position) const noexcept {
    return reinterpret_cast<Block*>(base_ + position);
  }
  [[nodiscard]] std::uint64_t position_of(const Block* block) const noexcept {
    return static_cast<std::uint64_t>(reinterpret_cast<const std::byte*>(block) - base_);
  }
  [[nodiscard]] std::uint64_t offset_of(const Block* block) const noexcept {
    return start_ + position_of(block);
  }

  // 0: there cannot be a block at this position.
  [[nodiscard]] BlockWord word_at(std::uint64_t position) const noexcept {
    const std::uint64_t extent = this->extent();
    if (position >= extent) [[unlikely]] {
      return {};
    }
    const BlockWord word = at(position)->load_word();
    return word.size() <= extent - position ? word : BlockWord{};
  }

  struct View {
    std::uint64_t size = 0;  // 0: the tiling is broken here
    BlockState state = BlockState::kFree;
  };
  // Requires: position < extent().
  [[nodiscard]] View view(std::uint64_t position) const noexcept {
    const BlockWord word = at(position)->load_word();
    const std::uint64_t rest = extent() - position;
    if (word.value == 0) {
      return {rest, BlockState::kFree};
    }
    return {word.size() <= rest ? word.size() : 0, word.state()};
  }

  // False: nothing that this code has stored; the segment is damaged. Requires: position <
  // extent().
  [[nodiscard]] bool is_sound(std::uint64_t position, const View& view) const noexcept {
    if (view.size == 0 || view.state > BlockState::kRetired) {
      return false;
    }
    return view.state != BlockState::kStored || holds_entry(position, view.size);
  }
  // A stored block with all of its key and its value. nullptr: there is none at this offset of the
  // segment, whatever it is.
  [[nodiscard]] Block* stored_block(std::uint64_t offset) const noexcept {
    const std::uint64_t position = offset - start_;
    const std::uint64_t extent = this->extent();
    if (position >= extent || position % kBlockUnit != 0) [[unlikely]] {
      return nullptr;
    }
    const BlockWord word = at(position)->load_word();
    const bool is_sound = word.state() == BlockState::kStored && word.size() <= extent - position &&
                          holds_entry(position, word.size());
    return is_sound ? at(position) : nullptr;
  }

  // Bytes in the window.
  [[nodiscard]] std::uint64_t window(Queue queue) const noexcept { return free_at(ahead(queue)); }

  // Where blocks can be cut without any work: the windows, and what was never used.
  [[nodiscard]] std::uint64_t free_bytes() const noexcept {
    return window(Queue::kProbation) + window(Queue::kMain) + size_ - extent();
  }

  // The front of the window, not yet a block: its word still says free. The caller fills it and
  // then calls commit(), as with any free block. Requires: window(queue) >= size, a multiple of
  // kBlockUnit.
  [[nodiscard]] Block* front(Queue queue, std::uint64_t size) noexcept {
    const Part ahead = this->ahead(queue);
    Block* block = at(ahead.begin);
    const std::uint64_t rest = free_at(ahead) - size;
    // Memory that was never used says "free to the end" by itself.
    if (rest != 0 && block->word.load(std::memory_order_relaxed) != 0) {
      set_free(ahead.begin + size, rest);
    }
    return block;
  }
  // True: it was a window's front.
  bool commit(Block* block, BlockState state, std::uint64_t size) noexcept {
    // Release: the block is complete, and so is the remainder's word.
    block->word.store(BlockWord::of(state, size).value, std::memory_order_release);
    const std::uint64_t position = position_of(block);
    // Not that of whoever asks: where probation's lap is over, its hand lies where the main queue
    // begins.
    const Queue queue = queue_at(position);
    const bool is_front = load(hand_of(queue)) == position;
    if (is_front) {
      set_hand(queue, position + size);
    }
    return is_front;
  }

  // The lines that the blocks behind this one, which was just stored, will fill. They were last
  // written a lap ago; without this the store that publishes a block waits until they have come
  // from memory. The next block is often as large as this one, `size`.
  static void prefetch_behind(const Block* block, std::uint64_t size) noexcept {
    constexpr std::uint64_t kAhead = 4 * kCacheLine;
    constexpr std::uint64_t kMost = 32 * kCacheLine;
    const std::byte* begin = reinterpret_cast<const std::byte*>(block) + size + kAhead;
    const std::uint64_t end = std::clamp(size, kAhead, kMost);
    for (std::uint64_t i = 0; i < end; i += kCacheLine) {
      __builtin_prefetch(begin + i, 1);
    }
  }

  void set_free(std::uint64_t position, std::uint64_t size) noexcept {
    at(position)->word.store(BlockWord::of(BlockState::kFree, size).value,
                             std::memory_order_release);
  }
  // Cuts a free block in two. Requires: `size` is a multiple of kBlockUnit and less than its own.
  void split(std::uint64_t position, std::uint64_t size) noexcept {
    set_free(position + size, view(position).size - size);
    set_free(position, size);
  }
  void set_retired(Block* block, std::uint64_t size) noexcept {
    block->word.store(BlockWord::of(BlockState::kRetired, size).value, std::memory_order_release);
  }

  // What could not be reclaimed lately.
  [[nodiscard]] std::uint64_t held_bytes() const noexcept {
    std::uint64_t sum = 0;
    for (const QueueState& queue : state_->queues) {
      sum += std::max(load(queue.held_bytes), load(queue.held_bytes_last_lap));
    }
    return sum;
  }

  [[nodiscard]] QueueState& state_of(Queue queue) const noexcept {
    return state_->queues[static_cast<std::size_t>(queue)];
  }
  [[nodiscard]] RingState& state() const noexcept { return *state_; }

 private:
  struct Part {
    std::uint64_t begin;
    std::uint64_t end;
  };
  // What lies before a queue's hand: from the hand on to the queue's end.
  [[nodiscard]] Part ahead(Queue queue) const noexcept {
    const std::uint64_t extent = this->extent();
    const std::uint64_t border = round_down(std::min(load(state_->border), extent), kBlockUnit);
    const std::uint64_t begin = queue == Queue::kMain ? border : 0;
    const std::uint64_t end = queue == Queue::kMain ? extent : border;
    const std::uint64_t hand = round_down(load(hand_of(queue)), kBlockUnit);
    return {std::min(std::max(hand, begin), end), end};
  }
  // Bytes of the free block at a part's begin, up to its end; 0: there is none.
  [[nodiscard]] std::uint64_t free_at(const Part& part) const noexcept {
    if (part.begin >= part.end) {
      return 0;
    }
    const BlockWord word = at(part.begin)->load_word();
    const std::uint64_t size = word.value == 0 ? UINT64_MAX : word.size();
    return word.state() == BlockState::kFree ? std::min(size, part.end - part.begin) : 0;
  }
  // Requires: `size` is a multiple of kBlockUnit, so that what is behind the value does not matter.
  [[nodiscard]] bool holds_entry(std::uint64_t position, std::uint64_t size) const noexcept {
    const Block* block = at(position);
    return size >= sizeof(Block) &&
           Block::value_offset(block->key_length) + block->value_length <= size;
  }
  [[nodiscard]] SharedAtomic<std::uint64_t>& hand_of(Queue queue) const noexcept {
    return state_->hands[static_cast<std::size_t>(queue)];
  }
  static std::uint64_t load(const SharedAtomic<std::uint64_t>& value) noexcept {
    return value.load(std::memory_order_relaxed);
  }

  RingState* state_;
  std::byte* base_;
  std::uint64_t start_;
  std::uint64_t size_;
};

}  // namespace nitro
