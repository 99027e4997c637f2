// Objects on the walk of graph_walk.h.
#pragma once

#include <algorithm>
#include <cstring>

#include "ext/codec/graph_walk.h"

#include "ext/zend_headers.h"

namespace nitro::php {

template <typename Output>
Purity GraphWalk<Output>::object(zend_object* from, GraphOffset to, const Place& place) {
  if constexpr (!kWrites) {
    plan_.has_objects = true;
  }
  GraphOffset offset;
  if (is_known(from, offset)) {
    point(to, offset, IS_OBJECT_EX);
    return Purity::kMixed;
  }
  const zend_class_entry* class_entry = from->ce;
  if ((class_entry->ce_flags & ZEND_ACC_NOT_SERIALIZABLE) != 0) {
    return refuse_object(class_entry, place);
  }
  if ((class_entry->ce_flags & ZEND_ACC_ENUM) != 0) {
    return enum_case(from, to, place);
  }
  const CollectedObject* collected = plan_.collected.find(from);
  if (collected != nullptr && collected->is_asked) {
    return collected_object(*collected, to, place);
  }
  if constexpr (!kWrites) {
    if (collected != nullptr || wants_to_be_asked(from)) {
      plan_.collected.meet(from);
      return Purity::kMixed;
    }
  }
  const auto count = static_cast<std::uint32_t>(class_entry->default_properties_count);
  if (!begin_object(from, ObjectForm::kSlots, class_entry->name, class_entry, count, offset)) {
    return Purity::kStopped;
  }
  point(to, offset, IS_OBJECT_EX);
  return worse_of(Purity::kMixed, own_properties(from, count, offset, place));
}

template <typename Output>
Purity GraphWalk<Output>::own_properties(zend_object* from, std::uint32_t count, GraphOffset offset,
                                         const Place& place) {
  Purity purity = Purity::kPure;
  Place here = place.below(Place::Step::kProperty);
  for (std::uint32_t i = 0; i < count && purity != Purity::kStopped; ++i) {
    const zend_property_info* info = from->ce->properties_info_table[i];
    here.name = info != nullptr ? info->name : ZSTR_EMPTY_ALLOC();
    const GraphOffset slot = offset + sizeof(ObjectNode) + i * sizeof(zval);
    if constexpr (kWrites) {
      Z_EXTRA_P(output_.template at<zval>(slot)) = 0;
    }
    purity = worse_of(purity, element(&from->properties_table[i], slot, here));
  }
  const bool has_dynamic =
      from->properties != nullptr && used_elements_of(from->properties, Place::Step::kProperty) > 0;
  if (purity == Purity::kStopped || !has_dynamic) {
    return purity;
  }
  return worse_of(purity, property_table(from->properties, offset, place));
}

template <typename Output>
Purity GraphWalk<Output>::property_table(zend_array* table, GraphOffset offset,
                                         const Place& place) {
  GraphOffset data;
  const Purity purity = array(table, place, data, Place::Step::kProperty);
  point(offset + offsetof(ObjectNode, data), data,
        purity == Purity::kPure ? IS_ARRAY : IS_ARRAY_EX);
  return purity;
}

template <typename Output>
Purity GraphWalk<Output>::collected_object(const CollectedObject& collected, GraphOffset to,
                                           const Place& place) {
  if (collected.is_null) {
    if constexpr (kWrites) {
      ZVAL_NULL(output_.template at<zval>(to));
    }
    return Purity::kPure;
  }
  GraphOffset offset;
  if (!begin_object(collected.object, collected.form, collected.class_name, nullptr, 0, offset)) {
    return Purity::kStopped;
  }
  point(to, offset, IS_OBJECT_EX);
  zval data;
  ZVAL_COPY_VALUE(&data, &collected.data);
  Purity purity;
  if (collected.form == ObjectForm::kNamed) {
    purity = property_table(Z_ARRVAL(data), offset, place);
  } else {
    purity =
        element(&data, offset + offsetof(ObjectNode, data), place.below(Place::Step::kSerialized));
  }
  return worse_of(Purity::kMixed, purity);
}

template <typename Output>
Purity GraphWalk<Output>::enum_case(zend_object* from, GraphOffset to, const Place& place) {
  GraphOffset offset;
  if (!begin_object(from, ObjectForm::kEnumCase, from->ce->name, nullptr, 0, offset)) {
    return Purity::kStopped;
  }
  point(to, offset, IS_OBJECT_EX);
  return worse_of(Purity::kMixed, element(zend_enum_fetch_case_name(from),
                                          offset + offsetof(ObjectNode, data), place));
}

template <typename Output>
bool GraphWalk<Output>::begin_object(zend_object* from, ObjectForm form, zend_string* name,
                                     const zend_class_entry* class_entry, std::uint32_t slot_count,
                                     GraphOffset& offset) {
  if constexpr (!kWrites) {
    plan_.places.insert(from, output_.end());
  }
  if (!output_.take(sizeof(ObjectNode) + slot_count * sizeof(zval), offset)) {
    return false;
  }
  if constexpr (kWrites) {
    auto* to = output_.template at<ObjectNode>(offset);
    to->number = node_count_;
    to->form = form;
    ZVAL_UNDEF(&to->data);
    Z_EXTRA(to->data) = 0;
  }
  ++node_count_;
  GraphOffset class_offset;
  if (!class_node(name, class_entry, slot_count, class_offset)) {
    return false;
  }
  if constexpr (kWrites) {
    output_.point(offset + offsetof(ObjectNode, class_node), class_offset);
  }
  return true;
}

template <typename Output>
bool GraphWalk<Output>::class_node(zend_string* name, const zend_class_entry* class_entry,
                                   std::uint32_t slot_count, GraphOffset& offset) {
  const void* address =
      class_entry != nullptr ? static_cast<const void*>(class_entry) : &name->gc.u;
  if (is_placed(address, offset)) {
    return true;
  }
  if constexpr (!kWrites) {
    if (class_entry != nullptr) {
      plan_.layouts.insert(class_entry, facts_of(class_entry).layout);
    }
  }
  GraphOffset name_offset;
  GraphOffset lower_case_offset;
  if (!output_.take(sizeof(ClassNode) + slot_count * sizeof(zend_string*), offset) ||
      !class_string(name, false, name_offset) || !class_string(name, true, lower_case_offset)) {
    return false;
  }
  if constexpr (kWrites) {
    auto* to = output_.template at<ClassNode>(offset);
    output_.point(offset + offsetof(ClassNode, name), name_offset);
    output_.point(offset + offsetof(ClassNode, lower_case_name), lower_case_offset);
    to->layout = class_entry != nullptr ? *plan_.layouts.find(class_entry) : 0;
    to->slot_count = slot_count;
  }
  for (std::uint32_t i = 0; i < slot_count; ++i) {
    const zend_property_info* info = class_entry->properties_info_table[i];
    const GraphOffset to = offset + sizeof(ClassNode) + i * sizeof(zend_string*);
    GraphOffset slot_name;
    if (info != nullptr && !string(info->name, slot_name)) {
      return false;
    }
    if constexpr (kWrites) {
      if (info != nullptr) {
        output_.point(to, slot_name);
      } else {
        *output_.template at<std::uint64_t>(to) = 0;
      }
    }
  }
  return true;
}

template <typename Output>
bool GraphWalk<Output>::class_string(zend_string* name, bool is_lower_case, GraphOffset& offset) {
  const std::size_t length = ZSTR_LEN(name);
  if (!output_.take(_ZSTR_HEADER_SIZE + length + 1, offset)) {
    return false;
  }
  if constexpr (kWrites) {
    auto* to = output_.template at<zend_string>(offset);
    GC_SET_REFCOUNT(to, kShared);
    GC_TYPE_INFO(to) = kStringTypeInfo;
    to->len = length;
    if (is_lower_case) {
      std::transform(ZSTR_VAL(name), ZSTR_VAL(name) + length + 1, ZSTR_VAL(to),
                     [](char c) { return zend_tolower_ascii(c); });
    } else {
      std::memcpy(ZSTR_VAL(to), ZSTR_VAL(name), length + 1);
    }
    to->h = zend_inline_hash_func(ZSTR_VAL(to), length);
  }
  return true;
}

}  // namespace nitro::php
