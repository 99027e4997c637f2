#include "ext/codec/string_hash.h"

#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <type_traits>

namespace nitro::php {
namespace {

constexpr std::uint64_t power_of_33(unsigned exponent) noexcept {
  return exponent == 0 ? 1 : 33 * power_of_33(exponent - 1);
}

// What eight characters add: c0 * 33^7 + c1 * 33^6 + … + c7. First pairs of them in lanes of 16
// bits, then fours in lanes of 32: three multiplications instead of seven.
//
// Requires: the first character is the lowest byte.
std::uint64_t sum_of(std::uint64_t characters) noexcept {
  constexpr std::uint64_t kBytes = 0x00ff00ff00ff00ffU;
  constexpr std::uint64_t kPairs = 0x0000ffff0000ffffU;
  constexpr std::uint64_t kFour = 0xffffffffU;
  const std::uint64_t pairs = (characters & kBytes) * power_of_33(1) + ((characters >> 8) & kBytes);
  const std::uint64_t fours = (pairs & kPairs) * power_of_33(2) + ((pairs >> 16) & kPairs);
  return (fours & kFour) * power_of_33(4) + (fours >> 32);
}

// DJBX33A, Daniel J. Bernstein's "times 33 with addition", with PHP's start and its highest bit,
// and with characters that are signed where the compiler's are.
std::uint64_t hash_of(const char* text, std::size_t length) noexcept {
  constexpr std::size_t kStep = sizeof(std::uint64_t);
  constexpr bool is_signed = std::is_signed_v<char>;
  // As a signed number a byte is what it is with its highest bit turned over, less 128.
  constexpr std::uint64_t kHighestBits = is_signed ? 0x8080808080808080U : 0;
  std::uint64_t hash = 5381;
  for (; length >= kStep; length -= kStep, text += kStep) {
    std::uint64_t characters;
    std::memcpy(&characters, text, kStep);
    hash = hash * power_of_33(kStep) + sum_of(characters ^ kHighestBits) - sum_of(kHighestBits);
  }
  for (; length > 0; --length, ++text) {
    hash = hash * 33 + static_cast<std::uint64_t>(*text);
  }
  return hash | std::uint64_t{1} << 63;
}

// PHP has several versions of its hash, and which it takes depends on the machine.
bool is_like_phps() noexcept {
  if (std::endian::native != std::endian::little) {
    return false;
  }
  std::array<char, 256 + 7> all;
  std::iota(all.begin(), all.end(), '\0');
  return hash_of(all.data(), all.size()) == zend_inline_hash_func(all.data(), all.size());
}

}  // namespace

void remember_hash(zend_string* string) noexcept {
  static const bool is_usable = is_like_phps();
  if (ZSTR_H(string) != 0) {
    return;
  }
  if (is_usable) {
    ZSTR_H(string) = hash_of(ZSTR_VAL(string), ZSTR_LEN(string));
    assert(ZSTR_H(string) == zend_inline_hash_func(ZSTR_VAL(string), ZSTR_LEN(string)));
  } else {
    zend_string_hash_val(string);
  }
}

}  // namespace nitro::php
