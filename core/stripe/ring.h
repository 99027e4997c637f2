// A stripe's memory: blocks that tile it from end to end, and the hand that goes round.
//
// The free block at the hand is the *window*. New blocks are cut from its front, so allocating is
// moving a position; clearing (see room.cpp) lengthens it at its end.
//
// Invariants, at every instant, so that a death costs nothing but the entry being written
//  1. Walking from the ring's start by the blocks' sizes ends exactly at `extent`.
//  2. The hand is a block's start or `extent`. Any such value is valid: a wrong one costs order,
//  not
//     correctness.
//  3. A remainder's word is stored before the word of the block that is cut off: it lies inside the
//     free block, where nobody looks until then.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/segment/shared_type.h"
#include "core/stripe/block.h"

namespace nitro {

// Written under the stripe's lock. Positions are bytes from the ring's start.
struct RingState {
  SharedAtomic<std::uint64_t> hand;
  SharedAtomic<std::uint64_t> extent;  // how much of the ring has memory behind it; grows in steps
  SharedAtomic<std::uint64_t>
      is_stuck;  // 1: no more memory could be had; a sweep lets it try again
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
  [[nodiscard]] std::uint64_t hand() const noexcept {
    return round_down(std::min(load(state_->hand), extent()), kBlockUnit);
  }
  void set_hand(std::uint64_t position) noexcept {
    state_->hand.store(position, std::memory_order_release);
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
    if (position >= extent() || position % kBlockUnit != 0) [[unlikely]] {
      return nullptr;
    }
    const View view = this->view(position);
    return view.state == BlockState::kStored && holds_entry(position, view.size) ? at(position)
                                                                                 : nullptr;
  }

  // Bytes in the window.
  [[nodiscard]] std::uint64_t window() const noexcept {
    const std::uint64_t position = hand();
    if (position >= extent()) {
      return 0;
    }
    const View here = view(position);
    return here.state == BlockState::kFree ? here.size : 0;
  }

  // The front of the window, not yet a block: its word still says free. The caller fills it and
  // then calls commit(). Requires: window() >= size, a multiple of kBlockUnit.
  [[nodiscard]] Block* front(std::uint64_t size) noexcept {
    Block* block = at(hand());
    const std::uint64_t rest = window() - size;
    // Memory that was never used says "free to the end" by itself.
    if (rest != 0 && block->word.load(std::memory_order_relaxed) != 0) {
      at(hand() + size)
          ->word.store(BlockWord::of(BlockState::kFree, rest).value, std::memory_order_release);
    }
    return block;
  }
  void commit(Block* block, BlockState state, std::uint64_t size) noexcept {
    // Release: the block is complete, and so is the remainder's word.
    block->word.store(BlockWord::of(state, size).value, std::memory_order_release);
    set_hand(position_of(block) + size);
  }

  // The lines that the next blocks will fill. They were last written a lap ago; without this the
  // store that publishes a block waits until they have come from memory. `size`: of the block that
  // was just stored, since the next one is often as large.
  void prefetch_front(std::uint64_t size) const noexcept {
    constexpr std::uint64_t kAhead = 4 * kCacheLine;
    constexpr std::uint64_t kMost = 32 * kCacheLine;
    const std::byte* front = base_ + hand() + kAhead;
    const std::uint64_t end = std::clamp(size, kAhead, kMost);
    for (std::uint64_t i = 0; i < end; i += kCacheLine) {
      __builtin_prefetch(front + i, 1);
    }
  }

  void set_free(std::uint64_t position, std::uint64_t size) noexcept {
    at(position)->word.store(BlockWord::of(BlockState::kFree, size).value,
                             std::memory_order_release);
  }
  void set_retired(Block* block, std::uint64_t size) noexcept {
    block->word.store(BlockWord::of(BlockState::kRetired, size).value, std::memory_order_release);
  }

 private:
  [[nodiscard]] bool holds_entry(std::uint64_t position, std::uint64_t size) const noexcept {
    return size >= sizeof(Block) &&
           Block::size_for(at(position)->key_length, at(position)->value_length) <= size;
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
