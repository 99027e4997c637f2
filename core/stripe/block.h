// A stored entry, as it lies in a ring: header, key, value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/units.h"
#include "core/segment/shared_type.h"
#include "core/stripe/extras.h"

namespace nitro {

// Blocks tile their ring from end to end. The word at a block's start holds size and state:
//
//   free -> stored -> retired -> free
//   free -> building -> stored
//
//   free      room
//   building  reserved by the owner named in `deadline`, who writes into it without a lock; garbage
//             once that owner's row belongs to nobody or to somebody else
//   stored    complete. It is live if and only if an index word leads here
//   retired   unlinked, and known to be. (A stored block that no index word leads to is unlinked
//             too: its writer died.)
//
// A word of 0 is "free, to the end of the ring": what zero-filled memory says.
enum class BlockState : std::uint32_t { kFree = 0, kBuilding = 1, kStored = 2, kRetired = 3 };

inline constexpr std::uint64_t kBlockUnit = 16;

struct BlockWord {
  std::uint32_t value = 0;

  [[nodiscard]] static constexpr BlockWord of(BlockState state, std::uint64_t size) noexcept {
    return {static_cast<std::uint32_t>(state) << 28 |
            static_cast<std::uint32_t>(size / kBlockUnit)};
  }
  [[nodiscard]] constexpr std::uint64_t size() const noexcept {
    return (value & 0x0fffffffU) * kBlockUnit;
  }
  [[nodiscard]] constexpr BlockState state() const noexcept {
    return static_cast<BlockState>(value >> 28);
  }
};

struct alignas(8) Block {
  // Written under the stripe's lock, or by the owner of a building block.
  SharedAtomic<std::uint32_t> word;
  std::uint8_t kind;
  // Set by readers, cleared by the hand. In a byte of its own: a plain store of a neighbour would
  // undo it. A lost mark makes an entry look colder than it is, nothing worse.
  SharedAtomic<std::uint8_t> mark;
  std::uint8_t has_pointers;  // 1: the value ends with a map of its pointers
  std::uint8_t came_early;    // 1: when nobody had to go for it; see admission.cpp
  // MonotonicTime; 0: none. With kHasExtras set it is negative, so that whoever reads takes it for
  // long past, and looks closer. While building: the OwnerId.
  SharedAtomic<std::int64_t> deadline;
  std::uint32_t key_length;
  std::uint32_t value_length;

  [[nodiscard]] char* key_bytes() noexcept { return reinterpret_cast<char*>(this + 1); }
  [[nodiscard]] const char* key_bytes() const noexcept {
    return reinterpret_cast<const char*>(this + 1);
  }
  [[nodiscard]] std::string_view key() const noexcept { return {key_bytes(), key_length}; }
  [[nodiscard]] std::byte* value() noexcept {
    return reinterpret_cast<std::byte*>(this) + value_offset(key_length);
  }
  [[nodiscard]] BlockWord load_word() const noexcept {
    return BlockWord{word.load(std::memory_order_acquire)};
  }

  // Requires: the deadline has kHasExtras.
  [[nodiscard]] Extras* extras() noexcept {
    return reinterpret_cast<Extras*>(reinterpret_cast<std::byte*>(this) +
                                     size_before_extras(key_length, value_length));
  }
  [[nodiscard]] const Extras* extras() const noexcept { return const_cast<Block*>(this)->extras(); }

  // Values, and extras, are aligned to 8 bytes, whatever the key.
  [[nodiscard]] static constexpr std::uint64_t value_offset(std::uint64_t key_length) noexcept;
  [[nodiscard]] static constexpr std::uint64_t size_before_extras(
      std::uint64_t key_length, std::uint64_t value_length) noexcept;
  [[nodiscard]] static constexpr std::uint64_t size_for(std::uint64_t key_length,
                                                        std::uint64_t value_length,
                                                        std::uint64_t extras_size = 0) noexcept;
};
static_assert(SharedType<Block>);
static_assert(sizeof(Block) == 24, "attached builds break: bump kLayoutVersion");

constexpr std::uint64_t Block::value_offset(std::uint64_t key_length) noexcept {
  return round_up(sizeof(Block) + key_length, 8);
}
constexpr std::uint64_t Block::size_before_extras(std::uint64_t key_length,
                                                  std::uint64_t value_length) noexcept {
  return round_up(value_offset(key_length) + value_length, 8);
}
constexpr std::uint64_t Block::size_for(std::uint64_t key_length, std::uint64_t value_length,
                                        std::uint64_t extras_size) noexcept {
  return round_up(size_before_extras(key_length, value_length) + extras_size, kBlockUnit);
}

// The bit of a deadline that says that the value is followed by extras.
inline constexpr std::int64_t kHasExtras = INT64_MIN;

[[nodiscard]] inline bool has_extras(const Block& block) noexcept {
  return block.deadline.load(std::memory_order_relaxed) < 0;
}
[[nodiscard]] inline MonotonicTime deadline_of(const Block& block) noexcept {
  return MonotonicTime{block.deadline.load(std::memory_order_relaxed) & ~kHasExtras};
}

// The extras of a stored block, whatever its bytes are; nullptr: there are none.
[[nodiscard]] inline const Extras* extras_of(const Block& block) noexcept {
  if (!has_extras(block)) {
    return nullptr;
  }
  const std::uint64_t before = Block::size_before_extras(block.key_length, block.value_length);
  const std::uint64_t size = block.load_word().size();
  const bool is_there = before + sizeof(Extras) <= size && before + block.extras()->size() <= size;
  return is_there ? block.extras() : nullptr;
}

}  // namespace nitro
