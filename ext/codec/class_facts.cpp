#include "ext/codec/class_facts.h"

#include "ext/globals.h"

namespace nitro::php {
namespace {

// FNV-1a over 64-bit numbers.
class Hash {
 public:
  void add(std::uint64_t number) noexcept {
    constexpr std::uint64_t kPrime = 0x100000001b3U;
    value_ = (value_ ^ number) * kPrime;
  }
  void add(zend_string* text) noexcept { add(ZSTR_HASH(text)); }
  void add(zend_type type) noexcept {
    add(ZEND_TYPE_FULL_MASK(type) & _ZEND_TYPE_MAY_BE_MASK);
    zend_type* part;
    ZEND_TYPE_FOREACH(type, part) {
      if (ZEND_TYPE_HAS_NAME(*part)) {
        add(ZEND_TYPE_NAME(*part));
      } else if (ZEND_TYPE_HAS_LIST(*part)) {
        add(*part);
      }
    }
    ZEND_TYPE_FOREACH_END();
  }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325U;
};

std::uint64_t layout_of(const zend_class_entry* class_entry) {
  Hash hash;
  hash.add(static_cast<std::uint64_t>(class_entry->default_properties_count));
  for (int i = 0; i < class_entry->default_properties_count; ++i) {
    const zend_property_info* info = class_entry->properties_info_table[i];
    if (info != nullptr) {
      constexpr std::uint32_t kFlags = ZEND_ACC_PPP_MASK | ZEND_ACC_READONLY;
      hash.add(info->name);
      hash.add(info->flags & kFlags);
      hash.add(info->type);
    } else {
      hash.add(std::uint64_t{0});
    }
  }
  return hash.value();
}

bool has_method(const zend_class_entry* class_entry, zend_string* name) {
  return zend_hash_find_known_hash(&class_entry->function_table, name) != nullptr;
}

}  // namespace

void ClassFactsCache::fill(ClassFacts& cell, const zend_class_entry* class_entry) {
  is_used_ = true;
  cell.layout = layout_of(class_entry);
  cell.has_sleep = has_method(class_entry, ZSTR_KNOWN(ZEND_STR_SLEEP));
  cell.has_wakeup = has_method(class_entry, ZSTR_KNOWN(ZEND_STR_WAKEUP));
  cell.is_plain = class_entry->create_object == nullptr;
  cell.class_entry = class_entry;
}

const ClassFacts& facts_of(const zend_class_entry* class_entry) {
  return NITRO_G(class_facts).find(class_entry);
}

}  // namespace nitro::php
