// A stored entry, as it lies in a ring: header, key, value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "core/base/units.h"
#include "core/segment/shared_type.h"

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
  std::uint8_t reserved;
  SharedAtomic<std::int64_t> deadline;  // MonotonicTime; 0: none. While building: the OwnerId
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

  // Values are aligned to 8 bytes, whatever the key.
  [[nodiscard]] static constexpr std::uint64_t value_offset(std::uint64_t key_length) noexcept;
  [[nodiscard]] static constexpr std::uint64_t size_for(std::uint64_t key_length,
                                                        std::uint64_t value_length) noexcept;
};
static_assert(SharedType<Block>);
static_assert(sizeof(Block) == 24, "attached builds break: bump kLayoutVersion");

constexpr std::uint64_t Block::value_offset(std::uint64_t key_length) noexcept {
  return round_up(sizeof(Block) + key_length, 8);
}
constexpr std::uint64_t Block::size_for(std::uint64_t key_length,
                                        std::uint64_t value_length) noexcept {
  return round_up(value_offset(key_length) + value_length, kBlockUnit);
}

}  // namespace nitro
