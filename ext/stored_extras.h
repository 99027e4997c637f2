// What is stored besides a value: tags, the marks of its namespaces, the time after its deadline.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/store/store.h"

#include "ext/cache_object.h"

#include "ext/zend_headers.h"

namespace nitro::php {

struct ExtrasWanted {
  const zend_array* tags = nullptr;  // names that were checked; nullptr: none
  Milliseconds stale_for{0};         // after the deadline
};

// Request memory, so that a bailout may pass over it. Give it back with free(). The tags and the
// namespace are marked as they are when it is made: what is invalidated after that does not find
// the entry valid. The marks mean nothing to another store.
class StoredExtras {
 public:
  StoredExtras() noexcept = default;
  StoredExtras(const Store& store, const ExtrasContent& content);

  [[nodiscard]] bool is_empty() const noexcept { return made_ == nullptr; }
  [[nodiscard]] bool is_for(const Store& store) const noexcept {
    return made_ != nullptr && made_->store == &store;
  }
  [[nodiscard]] std::span<const std::byte> span() const noexcept {
    return is_empty() ? std::span<const std::byte>() : std::span(bytes(), made_->size);
  }
  // How long it took to make the value.
  void set_making_ms(std::uint32_t making_ms) noexcept {
    reinterpret_cast<Extras*>(bytes())->making_ms = making_ms;
  }
  void free() noexcept {
    if (!is_empty()) {
      efree(made_);
    }
  }

 private:
  // Followed by the bytes.
  struct Made {
    const Store* store;
    std::size_t size;
  };
  [[nodiscard]] std::byte* bytes() const noexcept {
    return reinterpret_cast<std::byte*>(made_ + 1);
  }

  // All in one, since each set() has one of these, and most are empty.
  Made* made_ = nullptr;
};

[[nodiscard]] StoredExtras make_extras(const CacheObject& object, const Store& store,
                                       const ExtrasWanted& wanted);

// What each entry of a namespace has; nothing, if the object is none.
[[nodiscard]] inline StoredExtras extras_of_space(const CacheObject& object, const Store& store) {
  return object.prefix == nullptr ? StoredExtras() : make_extras(object, store, {});
}

// For the tags that a method was given as its argument `position`; nothing, if there are none
// (nullptr, too). Leaves `extras` as they are if they are for the store that is used now. False: an
// exception was thrown.
[[nodiscard]] bool make_tag_extras(zend_object* cache, const zend_array* tags,
                                   std::uint32_t position, StoredExtras& extras);

}  // namespace nitro::php
