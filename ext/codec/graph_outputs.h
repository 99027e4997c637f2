// Where a walk through a value puts what it meets: nowhere, to learn the size, or into a block.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/pointer_map.h"
#include "core/base/units.h"

namespace nitro::php {

// Offset in bytes from the value's start.
using GraphOffset = std::uint64_t;

// Counts.
class MeasuringOutput {
 public:
  static constexpr bool kWrites = false;
  [[nodiscard]] bool take(std::size_t bytes, GraphOffset& offset) noexcept {
    offset = end_;
    end_ += round_up(bytes, kWordSize);
    return true;
  }
  [[nodiscard]] GraphOffset end() const noexcept { return end_; }

 private:
  GraphOffset end_ = 0;
};

// Writes. Refuses what would not fit: a value that grew after it was measured.
class WritingOutput {
 public:
  static constexpr bool kWrites = true;
  // Requires: `at` is zero where the map will be.
  WritingOutput(std::span<std::byte> at, std::uint64_t home) noexcept
      : at_(at.data()), home_(home), limit_(words_before_pointer_map(at.size()) * kWordSize) {}

  [[nodiscard]] bool take(std::size_t bytes, GraphOffset& offset) noexcept {
    bytes = round_up(bytes, kWordSize);
    if (bytes > limit_ - end_) [[unlikely]] {
      assert(!"a value grew after it was measured");
      return false;
    }
    offset = end_;
    end_ += bytes;
    return true;
  }
  [[nodiscard]] GraphOffset end() const noexcept { return end_; }
  [[nodiscard]] bool is_full() const noexcept { return end_ == limit_; }

  template <typename T>
  [[nodiscard]] T* at(GraphOffset offset) const noexcept {
    return reinterpret_cast<T*>(at_ + offset);
  }
  // Makes the word at `offset` a pointer to what lies at `target`.
  void point(GraphOffset offset, GraphOffset target) noexcept {
    *at<std::uint64_t>(offset) = home_ + target;
    const GraphOffset word = offset / kWordSize;
    *at<std::uint64_t>(limit_ + word / 64 * kWordSize) |= std::uint64_t{1} << word % 64;
  }

 private:
  std::byte* at_;
  std::uint64_t home_;
  GraphOffset limit_;
  GraphOffset end_ = 0;
};

}  // namespace nitro::php
