// What the codec asks of a class again and again, found out once per request.
#pragma once

#include <array>
#include <cstdint>

#include "ext/zend_headers.h"

namespace nitro::php {

struct ClassFacts {
  const zend_class_entry* class_entry = nullptr;
  // Two classes with the same number have the same properties, of the same types, in the same
  // slots.
  std::uint64_t layout = 0;
  bool has_sleep = false;
  bool has_wakeup = false;
  // Its objects are nothing but their properties: PHP's own way to make them and to look at them.
  bool is_plain = false;
};

// Classes are made anew by each request, so it is emptied at the end of each. One cell per hash of
// an address: what is pushed out is found out once more.
class ClassFactsCache {
 public:
  // Valid until the next call.
  [[nodiscard]] const ClassFacts& find(const zend_class_entry* class_entry) {
    ClassFacts& cell = cells_[(reinterpret_cast<std::uintptr_t>(class_entry) >> 6) % kCells];
    if (cell.class_entry != class_entry) [[unlikely]] {
      fill(cell, class_entry);
    }
    return cell;
  }
  void clear() noexcept {
    if (is_used_) {
      cells_.fill({});
      is_used_ = false;
    }
  }

 private:
  void fill(ClassFacts& cell, const zend_class_entry* class_entry);

  static constexpr std::size_t kCells = 64;
  std::array<ClassFacts, kCells> cells_{};
  bool is_used_ = false;
};

// This thread's.
[[nodiscard]] const ClassFacts& facts_of(const zend_class_entry* class_entry);

}  // namespace nitro::php
