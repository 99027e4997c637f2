// The one hash of a key: XXH3 with 64 bits, seeded per segment so that nobody can choose keys that
// collide. Everything that a look-up needs is cut from this number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace nitro {

// A key's two buckets lie in one group, that is in one page: the second look-up finds its address
// translated.
inline constexpr std::uint64_t kBucketsPerGroup = 64;

// Which stripe, which two buckets, and the tag that tells most other keys apart without reading
// their blocks.
struct KeyHash {
  std::uint64_t value = 0;

  // 16 bits that neither the stripe nor the first bucket depends on.
  [[nodiscard]] constexpr std::uint64_t tag() const noexcept { return (value >> 36) & 0xffff; }
  // Requires: there are 2, 4, 8 … 64 stripes, and `mask` is one less.
  [[nodiscard]] constexpr std::uint64_t stripe(std::uint64_t mask) const noexcept {
    return (value >> 52) & mask;
  }
  // Lemire's multiply-shift reduction of 32 bits to 0 … buckets - 1.
  [[nodiscard]] constexpr std::uint64_t first_bucket(std::uint64_t buckets) const noexcept {
    return ((value & 0xffffffff) * buckets) >> 32;
  }
  // Another one of the same group, by bits that nothing else depends on. Requires: the number of
  // buckets is a multiple of kBucketsPerGroup.
  [[nodiscard]] constexpr std::uint64_t second_bucket(std::uint64_t first) const noexcept {
    return first ^ (1 + ((value >> 58) * (kBucketsPerGroup - 1) >> 6));
  }
};

[[nodiscard]] inline KeyHash hash_key(std::string_view key, std::uint64_t seed) noexcept {
  return KeyHash{XXH3_64bits_withSeed(key.data(), key.size(), seed)};
}

// a == b, without the call of memcmp for the short keys that most are.
[[nodiscard]] inline bool keys_are_equal(std::string_view a, std::string_view b) noexcept {
  constexpr std::size_t kShort = 64;
  const std::size_t size = a.size();
  if (size != b.size()) {
    return false;
  }
  // Whole words; the last one overlaps the one before.
  const auto words_are_equal = [&]<typename Word>(Word) {
    const auto differ_at = [&](std::size_t at) {
      Word word_of_a = 0;
      Word word_of_b = 0;
      std::memcpy(&word_of_a, a.data() + at, sizeof(Word));
      std::memcpy(&word_of_b, b.data() + at, sizeof(Word));
      return word_of_a != word_of_b;
    };
    for (std::size_t at = 0; at + sizeof(Word) < size; at += sizeof(Word)) {
      if (differ_at(at)) {
        return false;
      }
    }
    return !differ_at(size - sizeof(Word));
  };
  if (size >= sizeof(std::uint64_t) && size <= kShort) [[likely]] {
    return words_are_equal(std::uint64_t{});
  }
  if (size < sizeof(std::uint64_t) && size >= sizeof(std::uint16_t)) {
    return words_are_equal(std::uint16_t{});
  }
  return a == b;
}

}  // namespace nitro
