// The engine's arrays, as far as PHP's versions differ.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "ext/zend_headers.h"

namespace nitro::php {

// What a packed array's elements are.
#if PHP_VERSION_ID >= 80200
using PackedElement = zval;
[[nodiscard]] inline zval* packed_elements(const zend_array* array) noexcept {
  return array->arPacked;
}
[[nodiscard]] inline zval* value_of(PackedElement* element) noexcept { return element; }
inline void set_packed_key(PackedElement*, std::uint32_t) noexcept {}
#else
using PackedElement = Bucket;
[[nodiscard]] inline Bucket* packed_elements(const zend_array* array) noexcept {
  return array->arData;
}
[[nodiscard]] inline zval* value_of(PackedElement* element) noexcept { return &element->val; }
inline void set_packed_key(PackedElement* element, std::uint32_t index) noexcept {
  element->h = index;
  element->key = nullptr;
}
#endif
[[nodiscard]] inline const zval* value_of(const PackedElement* element) noexcept {
  return value_of(const_cast<PackedElement*>(element));
}

// The memory behind an array: hash slots, then elements.
struct ArrayShape {
  bool is_packed = false;
  std::uint32_t used = 0;        // elements, holes included
  std::uint32_t table_size = 0;  // what they are said to have room for

  [[nodiscard]] std::uint32_t mask() const noexcept {
    return is_packed ? HT_MIN_MASK : HT_SIZE_TO_MASK(table_size);
  }
  [[nodiscard]] std::size_t hash_bytes() const noexcept { return HT_HASH_SIZE(mask()); }
  [[nodiscard]] std::size_t element_bytes() const noexcept {
    return is_packed ? sizeof(PackedElement) : sizeof(Bucket);
  }
  // With room for what is used, and nothing more.
  [[nodiscard]] std::size_t used_bytes() const noexcept {
    return hash_bytes() + used * element_bytes();
  }
  // As the engine allocates it.
  [[nodiscard]] std::size_t full_bytes() const noexcept {
    return hash_bytes() + table_size * element_bytes();
  }
};

[[nodiscard]] inline ArrayShape shape_for(bool is_packed, std::uint32_t used) noexcept {
  return {is_packed, used, used <= HT_MIN_SIZE ? HT_MIN_SIZE : std::bit_ceil(used)};
}

}  // namespace nitro::php
