// What the programs of this folder store: short keys, and values of zeros.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/store/value.h"

namespace nitro::bench {

inline constexpr std::size_t kKeyLength = 12;

// "key:" and eight hexadecimal digits.
class KeyText {
 public:
  explicit KeyText(std::uint32_t key) noexcept {
    for (std::size_t i = kKeyLength; i-- > 4; key >>= 4) {
      text_[i] = "0123456789abcdef"[key & 15];
    }
  }
  [[nodiscard]] std::string_view view() const noexcept { return {text_.data(), text_.size()}; }

 private:
  std::array<char, kKeyLength> text_{'k', 'e', 'y', ':'};
};

inline constexpr std::size_t kLongestValue = 32768;

// Requires: size <= kLongestValue.
[[nodiscard]] inline Value value_of(std::size_t size) noexcept {
  static constexpr std::array<std::byte, kLongestValue> kBytes{};
  return {ValueKind::kShortString, std::span(kBytes).first(size), {}};
}

}  // namespace nitro::bench
