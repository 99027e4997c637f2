// The bytes of one value, as a reader sees them: pointers are translated to where the bytes are
// now, and nothing is followed that leads out of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/pointer_map.h"

#include "ext/codec/engine_array.h"
#include "ext/codec/graph.h"

#include "ext/zend_headers.h"

namespace nitro::php {

class GraphMemory {
 public:
  // `home`: where the bytes lie in a process that is at home.
  GraphMemory(std::span<const std::byte> bytes, std::uint64_t home) noexcept
      : begin_(bytes.data()),
        home_(home),
        size_(words_before_pointer_map(bytes.size()) * kWordSize) {}

  // Bytes without their map.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

  // What `pointer` leads to, with `bytes` behind it; nullptr: out of the value.
  template <typename T>
  [[nodiscard]] const T* follow(const T* pointer, std::size_t bytes = sizeof(T)) const noexcept {
    return reinterpret_cast<const T*>(follow(reinterpret_cast<std::uint64_t>(pointer), bytes));
  }
  // The same for an address that was computed: it may be none, so it is no pointer yet.
  [[nodiscard]] const std::byte* follow(std::uint64_t address, std::size_t bytes) const noexcept {
    const std::uint64_t offset = address - home_;
    if (offset % kWordSize != 0 || offset > size_ || bytes > size_ - offset) [[unlikely]] {
      return nullptr;
    }
    return begin_ + offset;
  }

  // `at`, which is here already, if there are so many bytes behind it.
  template <typename T>
  [[nodiscard]] const T* follow_local(const T* at, std::size_t bytes) const noexcept {
    const auto offset = static_cast<std::size_t>(reinterpret_cast<const std::byte*>(at) - begin_);
    return offset <= size_ && bytes <= size_ - offset ? at : nullptr;
  }

  [[nodiscard]] const GraphHead* head() const noexcept {
    return size_ < sizeof(GraphHead) ? nullptr : reinterpret_cast<const GraphHead*>(begin_);
  }

  // With all its characters.
  [[nodiscard]] const zend_string* string(const zend_string* pointer) const noexcept {
    const zend_string* string = follow(pointer, _ZSTR_HEADER_SIZE);
    if (string == nullptr || ZSTR_LEN(string) >= size_ ||
        follow(pointer, _ZSTR_HEADER_SIZE + ZSTR_LEN(string) + 1) == nullptr) {
      return nullptr;
    }
    return string;
  }

  // With all its elements, which begin at `data`.
  struct ArrayView {
    const zend_array* array = nullptr;
    ArrayShape shape;
    const std::byte* data = nullptr;  // hash slots, then elements
  };
  [[nodiscard]] bool array(const zend_array* pointer, ArrayView& view) const noexcept {
    view.array = follow(pointer);
    if (view.array == nullptr) {
      return false;
    }
    const zend_array& array = *view.array;
    const bool is_packed =
        (HT_FLAGS(view.array) & (HASH_FLAG_PACKED | HASH_FLAG_UNINITIALIZED)) != 0;
    if (array.nNumUsed >= size_ / sizeof(zval) || array.nNumOfElements > array.nNumUsed) {
      return false;
    }
    view.shape = shape_for(is_packed, array.nNumUsed);
    const auto elements = reinterpret_cast<std::uint64_t>(array.arData);
    view.data = follow(elements - view.shape.hash_bytes(), view.shape.used_bytes());
    return view.data != nullptr && array.nTableSize == view.shape.table_size &&
           array.nTableMask == view.shape.mask();
  }

 private:
  const std::byte* begin_;
  std::uint64_t home_;
  std::size_t size_;
};

}  // namespace nitro::php
