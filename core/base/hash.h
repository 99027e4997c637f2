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

// Whether size bytes at a and b are the same. Requires: sizeof(Word) <= size <= 2 * sizeof(Word).
template <typename Word>
[[nodiscard]] inline bool two_words_are_equal(const char* a, const char* b,
                                              std::size_t size) noexcept {
  const auto difference_at = [&](std::size_t at) {
    Word word_of_a = 0;
    Word word_of_b = 0;
    std::memcpy(&word_of_a, a + at, sizeof(Word));
    std::memcpy(&word_of_b, b + at, sizeof(Word));
    return static_cast<Word>(word_of_a ^ word_of_b);
  };
  // They overlap, unless the size is 2 * sizeof(Word).
  return (difference_at(0) | difference_at(size - sizeof(Word))) == 0;
}

// a == b, without the call of memcmp for the short keys that most are.
[[nodiscard]] inline bool keys_are_equal(std::string_view a, std::string_view b) noexcept {
  const std::size_t size = a.size();
  if (size != b.size()) {
    return false;
  }
  if (size - 8 <= 8) [[likely]] {
    return two_words_are_equal<std::uint64_t>(a.data(), b.data(), size);
  }
  if (size - 4 <= 4) {
    return two_words_are_equal<std::uint32_t>(a.data(), b.data(), size);
  }
  constexpr std::size_t kStep = 16;
  constexpr std::size_t kMany = 64;  // from there on memcmp is faster
  if (size < kStep || size > kMany) {
    return a == b;
  }
  for (std::size_t at = 0; at + kStep < size; at += kStep) {
    if (!two_words_are_equal<std::uint64_t>(a.data() + at, b.data() + at, kStep)) {
      return false;
    }
  }
  return two_words_are_equal<std::uint64_t>(a.data() + size - kStep, b.data() + size - kStep,
                                            kStep);
}

}  // namespace nitro
