// A list in the request's memory. No destructor, since longjmp may pass over it: whoever is done
// with it calls free(); otherwise the end of the request does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "ext/zend_headers.h"

namespace nitro::php {

template <typename T>
requires(std::is_trivially_copyable_v<T>) class RequestVector {
 public:
  // May bail out.
  void push(const T& element) {
    if (size_ == capacity_) {
      constexpr std::uint32_t kFirstCapacity = 8;
      capacity_ = capacity_ == 0 ? kFirstCapacity : 2 * capacity_;
      elements_ = static_cast<T*>(safe_erealloc(elements_, capacity_, sizeof(T), 0));
    }
    elements_[size_++] = element;
  }
  // Requires: it is not empty.
  T pop() noexcept { return elements_[--size_]; }

  [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
  [[nodiscard]] T& operator[](std::size_t i) const noexcept { return elements_[i]; }
  [[nodiscard]] T* begin() const noexcept { return elements_; }
  [[nodiscard]] T* end() const noexcept { return elements_ + size_; }

  void free() noexcept {
    if (elements_ != nullptr) {
      efree(elements_);
    }
    *this = {};
  }

 private:
  T* elements_ = nullptr;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
};

}  // namespace nitro::php
