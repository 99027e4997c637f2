// Where in a value its pointers are: a bitmap behind the value's words, one bit per word. With it a
// value can be moved, and adjusted to another address, without knowing what it means.
//
//   word 0 | word 1 | … | word n-1 | map of 64 words | map of the next 64 | …
//
// All of it is found from the length alone: of 65 words, up to 64 are the value's and one is map.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace nitro {

inline constexpr std::size_t kWordSize = 8;

// Bytes of a value of so many words, its map included.
[[nodiscard]] constexpr std::size_t size_with_pointer_map(std::size_t words) noexcept {
  return (words + (words + 63) / 64) * kWordSize;
}

// Of a value of `size` bytes: how many words are its own.
[[nodiscard]] constexpr std::size_t words_before_pointer_map(std::size_t size) noexcept {
  const std::size_t words = size / kWordSize;
  return words - (words + 64) / 65;
}
static_assert(words_before_pointer_map(size_with_pointer_map(1)) == 1);
static_assert(words_before_pointer_map(size_with_pointer_map(64)) == 64);
static_assert(words_before_pointer_map(size_with_pointer_map(65)) == 65);
static_assert(words_before_pointer_map(0) == 0);

// Calls `visit(word)` for each pointer. Requires: `value` is aligned to words, and a multiple of
// them.
template <typename Visit>
void for_each_pointer(std::span<std::byte> value, Visit visit) noexcept {
  auto* const words = reinterpret_cast<std::uint64_t*>(value.data());
  const std::size_t count = words_before_pointer_map(value.size());
  for (std::size_t first = 0; first < count; first += 64) {
    std::uint64_t bits = words[count + first / 64];
    while (bits != 0) {
      const std::size_t index = first + static_cast<std::size_t>(std::countr_zero(bits));
      bits &= bits - 1;
      if (index < count) {
        visit(words[index]);
      }
    }
  }
}

// What it points to now lies `by` bytes further.
inline void adjust_pointers(std::span<std::byte> value, std::uint64_t by) noexcept {
  for_each_pointer(value, [by](std::uint64_t& pointer) { pointer += by; });
}

}  // namespace nitro
