// How a value with arrays or objects lies in its block: the engine's own structures, pointers and
// all, each written where it is used.
//
// First a GraphHead; in an entry of kind `array` the zend_array follows. Everything hangs on zvals,
// whose type says what is behind the pointer:
//
//   string              zend_string: interned, hash known
//   array               zend_array, "pure": nothing but scalars, strings and pure arrays below it.
//                       Immutable, and handed out as it is
//   array, counted      zend_array with something below it that must be rebuilt, and so must it
//   object, counted     ObjectNode
//   reference, counted  ReferenceNode
//
// What the value has several times is there once: strings, pure arrays, classes, objects and
// references. Pointers are addresses in a process that is at home; the map behind the words says
// where they are.
#pragma once

#include <cstdint>

#include "ext/zend_headers.h"

namespace nitro::php {

// Stored with every value: append only.
enum class ObjectForm : std::uint32_t {
  kSlots = 0,    // properties by slot, `data` has the dynamic ones, if any
  kNamed = 1,    // `data` has the properties by their mangled names
  kData = 2,     // `data` is what __serialize() gave
  kString = 3,   // `data` is what Serializable::serialize() gave
  kEnumCase = 4  // `data` is the case's name
};

// A class as the writer knew it.
struct ClassNode {
  zend_string* name;
  zend_string* lower_case_name;
  std::uint64_t layout;  // ClassFacts::layout
  // Of the slots; nullptr for one that has none. After this struct, `slot_count` of them.
  [[nodiscard]] zend_string** slot_names() noexcept {
    return reinterpret_cast<zend_string**>(this + 1);
  }
  [[nodiscard]] zend_string* const* slot_names() const noexcept {
    return reinterpret_cast<zend_string* const*>(this + 1);
  }
  std::uint64_t slot_count;
};

struct ObjectNode {
  std::uint32_t number;  // among the value's objects and references
  ObjectForm form;
  ClassNode* class_node;
  zval data;  // undefined: none
  // After this struct: as many as the class has, when the form is kSlots.
  [[nodiscard]] zval* slots() noexcept { return reinterpret_cast<zval*>(this + 1); }
  [[nodiscard]] const zval* slots() const noexcept {
    return reinterpret_cast<const zval*>(this + 1);
  }
};

struct ReferenceNode {
  std::uint64_t number;  // among the value's objects and references
  zval value;
};

struct GraphHead {
  zval root;
  std::uint64_t node_count;  // objects and references
};

// Flags of arrays that are used where they lie: copied before they are changed, and neither counted
// nor looked at by the garbage collector.
inline constexpr std::uint32_t kArrayTypeInfo =
    IS_ARRAY | ((IS_ARRAY_IMMUTABLE | GC_NOT_COLLECTABLE) << GC_FLAGS_SHIFT);

// Deeper values are not stored: they are walked by recursion. PHP's own limit for unserialize().
inline constexpr std::uint32_t kMaxDepth = 4096;

// The reference count of what is used once, and of what the value has several times. Nobody counts
// in immutable things; copying reads it.
inline constexpr std::uint32_t kUsedOnce = 2;
inline constexpr std::uint32_t kShared = 3;

}  // namespace nitro::php
