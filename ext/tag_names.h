// The names of an entry's tags, as the text of its extras holds them: of each its length, in two
// bytes, the lower one first, and then its bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace nitro::php {

class TagNames {
 public:
  explicit TagNames(std::string_view text) noexcept : rest_(text) {}

  // The next one. No value: that was all, or the rest is no name.
  [[nodiscard]] std::optional<std::string_view> next() noexcept {
    if (rest_.size() < kLengthBytes) {
      return std::nullopt;
    }
    const std::size_t length = byte(0) | byte(1) << 8;
    rest_.remove_prefix(kLengthBytes);
    if (rest_.size() < length) {
      rest_ = {};
      return std::nullopt;
    }
    const std::string_view name = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return name;
  }

 private:
  static constexpr std::size_t kLengthBytes = 2;

  [[nodiscard]] std::size_t byte(std::size_t at) const noexcept {
    return static_cast<unsigned char>(rest_[at]);
  }

  std::string_view rest_;
};

}  // namespace nitro::php
