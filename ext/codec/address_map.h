// From the address of something in PHP's memory to where it lies in a value.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "ext/zend_headers.h"

namespace nitro::php {

// Open addressing, linear probing. Request memory and no destructor, since longjmp may pass over
// it: whoever is done with it calls free().
class AddressMap {
 public:
  // What is stored for `address`; nullptr: nothing. Valid until the next insert().
  [[nodiscard]] std::uint64_t* find(const void* address) const noexcept {
    if (count_ == 0) {
      return nullptr;
    }
    Cell& cell = cells_[position_of(address)];
    return cell.address == address ? &cell.value : nullptr;
  }

  // Requires: it is not in it. May bail out.
  void insert(const void* address, std::uint64_t value) {
    if (2 * count_ >= capacity_) {
      grow();
    }
    cells_[position_of(address)] = {address, value};
    ++count_;
  }

  void clear() noexcept {
    if (count_ != 0) {
      std::memset(cells_, 0, capacity_ * sizeof(Cell));
      count_ = 0;
    }
  }

  void free() noexcept {
    if (cells_ != nullptr) {
      efree(cells_);
    }
    *this = {};
  }

 private:
  struct Cell {
    const void* address;
    std::uint64_t value;
  };

  // Where `address` is, or would be.
  [[nodiscard]] std::size_t position_of(const void* address) const noexcept {
    // Fibonacci hashing: the product's upper bits depend on all bits of the address.
    constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15U;
    std::size_t i = (reinterpret_cast<std::uint64_t>(address) * kGolden) >> shift_;
    while (cells_[i].address != nullptr && cells_[i].address != address) {
      i = (i + 1) & (capacity_ - 1);
    }
    return i;
  }

  void grow() {
    constexpr std::size_t kFirstCapacity = 32;
    const AddressMap old = *this;
    const std::size_t capacity = old.capacity_ == 0 ? kFirstCapacity : 2 * old.capacity_;
    cells_ = static_cast<Cell*>(ecalloc(capacity, sizeof(Cell)));
    capacity_ = capacity;
    shift_ = 64 - static_cast<unsigned>(std::countr_zero(capacity));
    for (std::size_t i = 0; i < old.capacity_; ++i) {
      if (old.cells_[i].address != nullptr) {
        cells_[position_of(old.cells_[i].address)] = old.cells_[i];
      }
    }
    if (old.cells_ != nullptr) {
      efree(old.cells_);
    }
  }

  Cell* cells_ = nullptr;
  std::size_t capacity_ = 0;
  std::size_t count_ = 0;
  unsigned shift_ = 0;
};

}  // namespace nitro::php
