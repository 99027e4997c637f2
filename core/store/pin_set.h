// Which blocks a session has pinned already: the same value fetched twice is pinned once.
// Process-local; the pins that count are those in the row.
#pragma once

#include <array>
#include <cstdint>

#include "core/process/process_table.h"

namespace nitro {

class PinSet {
 public:
  // True: it was not in it. Requires: fewer than kMaxPins are in it, or the pin is one of them.
  bool insert(std::uint64_t block) noexcept {
    std::uint64_t& cell = cell_of(block);
    const bool is_new = cell != block;
    cell = block;
    return is_new;
  }
  [[nodiscard]] bool contains(std::uint64_t block) noexcept { return cell_of(block) == block; }
  void clear() noexcept { cells_.fill(0); }

 private:
  // Open addressing, never more than half full. Blocks are multiples of 16; 0 is an empty cell.
  std::uint64_t& cell_of(std::uint64_t block) noexcept {
    std::uint64_t i = (block * 0x9e3779b97f4a7c15U) >> (64 - kBits);
    while (cells_[i] != 0 && cells_[i] != block) {
      i = (i + 1) % cells_.size();
    }
    return cells_[i];
  }

  static constexpr unsigned kBits = 9;
  std::array<std::uint64_t, std::size_t{1} << kBits> cells_{};
  static_assert(2 * kMaxPins <= std::size_t{1} << kBits);
};

}  // namespace nitro
