// Builds a value out of a graph, anew or, where that is possible, out of parts used where they lie.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ext/codec/address_map.h"
#include "ext/codec/delayed_calls.h"
#include "ext/codec/graph.h"
#include "ext/codec/graph_memory.h"
#include "ext/codec/request_vector.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// Builds one value. Has no destructor, since what it calls may bail out: finish() ends it.
//
// When a function gives false, what it was to fill is a value that can be destroyed.
class GraphBuilder {
 public:
  enum class Strings {
    kInPlace,  // strings and pure arrays are used where they lie
    kCopied
  };

  GraphBuilder(const GraphMemory& memory, Strings strings) noexcept
      : memory_(memory),
        is_in_place_(strings == Strings::kInPlace),
        // No element is looked at twice, and no string copied twice, so whoever wants more of them
        // has damaged pointers.
        elements_left_(memory.size() / sizeof(zval)),
        characters_left_(memory.size()) {}

  [[nodiscard]] bool root(zval* to);
  // Runs what was delayed, and frees what was needed.
  void finish(bool is_whole);

 private:
  // Inline, since loops over elements call it.
  [[nodiscard]] bool value(const zval* from, zval* to) {
    switch (Z_TYPE_INFO_P(from)) {
      case IS_UNDEF:
      case IS_NULL:
      case IS_FALSE:
      case IS_TRUE:
      case IS_LONG:
      case IS_DOUBLE:
        ZVAL_COPY_VALUE(to, from);
        return true;
      case IS_INTERNED_STRING_EX:
        return string(from, to);
      case IS_ARRAY:
        return is_in_place_ ? array_in_place(from, to) : array(from, to);
      case IS_ARRAY_EX:
        return array(from, to);
      case IS_REFERENCE_EX:
        return reference(from, to);
      case IS_OBJECT_EX:
        return object(from, to);
      default:
        ZVAL_UNDEF(to);
        return false;
    }
  }

  [[nodiscard]] bool string(const zval* from, zval* to) {
    zend_string* string = string_at(Z_STR_P(from));
    if (string == nullptr) {
      ZVAL_UNDEF(to);
      return false;
    }
    ZVAL_STR(to, string);
    return true;
  }

  // Owned by the caller. nullptr: it leads out of the value.
  [[nodiscard]] zend_string* string_at(const zend_string* pointer) {
    return is_in_place_ ? const_cast<zend_string*>(memory_.follow(pointer, _ZSTR_HEADER_SIZE))
                        : copied_string(pointer);
  }
  [[nodiscard]] zend_string* copied_string(const zend_string* pointer);
  // False: there cannot be so many.
  [[nodiscard]] bool use_elements(std::uint64_t count) noexcept {
    const bool are_left = count <= elements_left_;
    elements_left_ -= are_left ? count : 0;
    return are_left;
  }
  // Takes what had a place in the value that something else has now. It may be led to again, so it
  // lives until finish().
  void keep_replaced(zval* replaced) {
    if (Z_REFCOUNTED_P(replaced)) [[unlikely]] {
      held_.push(*replaced);
    }
  }
  // Remembers a copy, since it will be asked for again. Takes `copy`.
  void hold(const void* from, zval* copy);

  [[nodiscard]] bool array_in_place(const zval* from, zval* to);
  [[nodiscard]] bool array(const zval* from, zval* to);
  [[nodiscard]] bool packed(const GraphMemory::ArrayView& view, zend_array* copy);
  [[nodiscard]] bool hashed(const GraphMemory::ArrayView& view, zend_array* copy);
  [[nodiscard]] bool reference(const zval* from, zval* to);

  // A reference or an object, by its number in the value.
  enum class Met {
    kDamaged,  // there is no such number, it is another kind of node, or memory has run out
    kFirst,    // to be made, and `made` to be set
    kAgain     // `to` is set
  };
  [[nodiscard]] Met meet(std::uint64_t number, std::uint32_t type_info, zval* to,
                         zend_refcounted**& made);

  // --- objects: graph_builder_objects.cpp

  [[nodiscard]] bool object(const zval* from, zval* to);
  struct FoundClass {
    const ClassNode* node = nullptr;
    zend_class_entry* entry = nullptr;
    bool is_as_stored = false;  // its objects are made from their slots
    bool has_wakeup = false;
  };
  // Makes it last_class_. False: an exception was thrown, or the name leads out of the value.
  [[nodiscard]] bool find_class_of(const ClassNode* class_node, ObjectForm form);
  // To be released by the caller.
  [[nodiscard]] zend_string* own(const zend_string* name) const;
  [[nodiscard]] bool build(const ObjectNode* stored, const FoundClass& found,
                           zend_refcounted** made, zval* to);
  // An object with its defaults. False: an exception was thrown.
  [[nodiscard]] bool begin(const FoundClass& found, zend_refcounted** made, zval* to);
  // The class is as it was: its properties by slot.
  [[nodiscard]] bool from_slots(const ObjectNode* stored, const FoundClass& found,
                                zend_refcounted** made, zval* to);
  [[nodiscard]] bool slot(zend_object* object, std::uint32_t number, const zval* from);
  // Properties that are not declared, or all of them by name.
  [[nodiscard]] bool properties(zend_object* object, const zval* from);
  // By `key`, or if that is nullptr by `index`.
  [[nodiscard]] bool property(zend_object* object, const zend_string* key, zend_ulong index,
                              const zval* from);
  // The class has changed, is missing, or gives its properties by name.
  [[nodiscard]] bool by_names(const ObjectNode* stored, const ClassNode* class_node, zval* to);
  // Calls `visit(name, zval)` for each slot that has a value, until it gives false.
  template <typename Visit>
  [[nodiscard]] bool named_slots(const ObjectNode* stored, const ClassNode* class_node,
                                 Visit visit);
  // The class wants an array; what was stored otherwise becomes one.
  [[nodiscard]] bool through_unserialize(const ObjectNode* stored, const ClassNode* class_node,
                                         zval* to);
  // Adds the slots to `data`, by their names.
  [[nodiscard]] bool add_slots(const ObjectNode* stored, const ClassNode* class_node,
                               zend_array* data);
  [[nodiscard]] bool from_string(const ObjectNode* stored, const FoundClass& found,
                                 zend_refcounted** made, zval* to);
  [[nodiscard]] bool enum_case(const ObjectNode* stored, zend_class_entry* class_entry,
                               zend_refcounted** made, zval* to);
  // What an object is made from, if that is a string.
  [[nodiscard]] const zend_string* text_of(const ObjectNode* stored) const noexcept {
    return Z_TYPE_INFO(stored->data) == IS_INTERNED_STRING_EX ? memory_.string(Z_STR(stored->data))
                                                              : nullptr;
  }

  static constexpr std::uint32_t kFewNodes = 8;

  const GraphMemory memory_;
  const bool is_in_place_;
  std::uint64_t elements_left_;    // of arrays and tables of properties, and slots of objects
  std::uint64_t characters_left_;  // of strings that are copied
  std::uint32_t depth_ = 0;
  std::uint32_t node_count_ = 0;
  // Objects and references made so far, by number. They belong to the value.
  zend_refcounted* few_nodes_[kFewNodes] = {};
  zend_refcounted** nodes_ = few_nodes_;
  FoundClass last_class_;  // since objects of one class often come in lots
  // Copies of what the value has several times, by where it lies.
  AddressMap copies_;
  RequestVector<zval> held_;
  DelayedCalls delayed_;
};

}  // namespace nitro::php
