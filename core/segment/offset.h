// A distance from the segment's start: the only reference that the core stores.
#pragma once

#include <compare>
#include <cstdint>

namespace nitro {

// Zero is the segment's header, so it doubles as null.
template <typename T>
class Offset {
 public:
  constexpr Offset() noexcept = default;
  constexpr explicit Offset(std::uint64_t bytes) noexcept : bytes_(bytes) {}

  [[nodiscard]] constexpr bool is_null() const noexcept { return bytes_ == 0; }
  [[nodiscard]] constexpr std::uint64_t bytes() const noexcept { return bytes_; }

  friend constexpr auto operator<=>(Offset, Offset) noexcept = default;

 private:
  std::uint64_t bytes_ = 0;
};

}  // namespace nitro
