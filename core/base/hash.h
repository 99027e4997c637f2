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

// Which stripe, which two buckets, and the tag that tells most other keys apart without reading
// their blocks.
struct KeyHash {
  std::uint64_t value = 0;

  // 16 bits that neither the stripe nor the first bucket depends on.
  [[nodiscard]] constexpr std::uint64_t tag() const noexcept { return (value >> 36) & 0xffff; }
  // Requires: bits <= 12.
  [[nodiscard]] constexpr std::uint64_t stripe(unsigned bits) const noexcept {
    return (value >> 52) & ((std::uint64_t{1} << bits) - 1);
  }
  // Lemire's multiply-shift reduction of 32 bits to 0 … buckets - 1.
  [[nodiscard]] constexpr std::uint64_t first_bucket(std::uint64_t buckets) const noexcept {
    return ((value & 0xffffffff) * buckets) >> 32;
  }
  // Another one than the first. Requires: buckets >= 2.
  [[nodiscard]] constexpr std::uint64_t second_bucket(std::uint64_t buckets) const noexcept {
    const std::uint64_t mixed = (value * 0x9e3779b97f4a7c15U) >> 32;
    const std::uint64_t bucket = (mixed * (buckets - 1)) >> 32;
    return bucket < first_bucket(buckets) ? bucket : bucket + 1;
  }
};

[[nodiscard]] inline KeyHash hash_key(std::string_view key, std::uint64_t seed) noexcept {
  return KeyHash{XXH3_64bits_withSeed(key.data(), key.size(), seed)};
}

// a == b, without the call of memcmp for the short keys that most are.
[[nodiscard]] inline bool keys_are_equal(std::string_view a, std::string_view b) noexcept {
  constexpr std::size_t kShort = 64;
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  const std::size_t size = a.size();
  if (size != b.size()) {
    return false;
  }
  if (size < kWord || size > kShort) {
    return a == b;
  }
  const auto words_are_equal = [&](std::size_t at) {
    std::uint64_t word_of_a = 0;
    std::uint64_t word_of_b = 0;
    std::memcpy(&word_of_a, a.data() + at, kWord);
    std::memcpy(&word_of_b, b.data() + at, kWord);
    return word_of_a == word_of_b;
  };
  for (std::size_t at = 0; at + kWord < size; at += kWord) {
    if (!words_are_equal(at)) {
      return false;
    }
  }
  return words_are_equal(size - kWord);  // overlaps the one before
}

}  // namespace nitro
