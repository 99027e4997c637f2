// A namespace: a part of a cache whose keys are its own.
//
// Its keys are stored with a prefix: each level's name, followed by a NUL byte. Its entries carry a
// mark for each level, so that to clear a level is to invalidate one tag.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/store/store.h"

#include "ext/cache_object.h"
#include "ext/codec/strings.h"

#include "ext/zend_headers.h"

namespace nitro::php {

inline constexpr std::size_t kLongestSpaceName = 250;
inline constexpr std::uint32_t kDeepestSpace = 16;

// A key as it is stored. For the keys of the whole cache it is the caller's own string. What it may
// own is request memory: a bailout may pass over it.
class StoredKey {
 public:
  StoredKey(const CacheObject& object, zend_string* key) noexcept : key_(key) {
    if (object.prefix != nullptr) [[unlikely]] {
      key_ = zend_string_concat2(ZSTR_VAL(object.prefix), ZSTR_LEN(object.prefix), ZSTR_VAL(key),
                                 ZSTR_LEN(key));
      is_own_ = true;
    }
  }
  ~StoredKey() {
    if (is_own_) {
      zend_string_release(key_);
    }
  }
  StoredKey(const StoredKey&) = delete;
  StoredKey& operator=(const StoredKey&) = delete;

  [[nodiscard]] std::string_view view() const noexcept { return view_of(key_); }
  // Whoever keeps it adds a reference.
  [[nodiscard]] zend_string* string() const noexcept { return key_; }

 private:
  zend_string* key_;
  bool is_own_ = false;
};

// Makes `result` an object of the same class for a namespace within that of `object`. False:
// thrown.
[[nodiscard]] bool make_key_space(CacheObject& object, zend_string* name, zval* result);

// The marks that an entry of this object gets now; kDeepestSpace at most. Returns how many.
std::size_t space_marks(const CacheObject& object, const Store& store, std::span<TagMark> marks);

// Removes what the object's key space holds. Requires: it is a namespace.
void clear_key_space(const CacheObject& object, Store& store) noexcept;

}  // namespace nitro::php
