// Numbers that know their unit, so that a length cannot be passed where a lifetime is expected.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>

namespace nitro {

// Distinct tags do not mix. Costs nothing: same size, same registers.
template <typename Tag, std::integral Rep>
struct Quantity {
  Rep value{};

  constexpr Quantity() noexcept = default;
  constexpr explicit Quantity(Rep v) noexcept : value(v) {}

  friend constexpr auto operator<=>(Quantity, Quantity) noexcept = default;
  friend constexpr Quantity operator+(Quantity a, Quantity b) noexcept {
    return Quantity{static_cast<Rep>(a.value + b.value)};
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) noexcept {
    return Quantity{static_cast<Rep>(a.value - b.value)};
  }
};

using ByteCount = Quantity<struct ByteCountTag, std::uint64_t>;
using Milliseconds = Quantity<struct MillisecondsTag, std::int64_t>;
using Nanoseconds = Quantity<struct NanosecondsTag, std::int64_t>;

// A row of the process table.
using RowIndex = Quantity<struct RowIndexTag, std::uint32_t>;

constexpr ByteCount operator""_KiB(unsigned long long n) noexcept { return ByteCount{n << 10}; }
constexpr ByteCount operator""_MiB(unsigned long long n) noexcept { return ByteCount{n << 20}; }
constexpr ByteCount operator""_GiB(unsigned long long n) noexcept { return ByteCount{n << 30}; }

// Requires: alignment is a power of two.
[[nodiscard]] constexpr std::uint64_t round_up(std::uint64_t n, std::uint64_t alignment) noexcept {
  return (n + alignment - 1) & ~(alignment - 1);
}
[[nodiscard]] constexpr std::uint64_t round_down(std::uint64_t n,
                                                 std::uint64_t alignment) noexcept {
  return n & ~(alignment - 1);
}

}  // namespace nitro
