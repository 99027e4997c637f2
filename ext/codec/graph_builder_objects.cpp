#include "ext/codec/class_facts.h"
#include "ext/codec/class_lookup.h"
#include "ext/codec/graph_builder.h"
#include "ext/codec/named_property.h"

namespace nitro::php {
namespace {

// Whoever was not completed is not woken up, and not destructed.
bool fail(zend_object* object, bool has_wakeup) {
  if (has_wakeup) {
    GC_ADD_FLAGS(object, IS_OBJ_DESTRUCTOR_CALLED);
  }
  return false;
}

// Whether a property takes a value that is no object, without a look at more than the types. As
// the class is what it was, only a damaged value is refused.
bool takes(const zend_property_info* info, const zval& value) {
  return info == nullptr || !ZEND_TYPE_IS_SET(info->type) ||
         ZEND_TYPE_CONTAINS_CODE(info->type, Z_TYPE(value));
}

// Was the class the same when this was stored?
bool is_as_stored(const ClassFacts& facts, const ClassNode& node) {
  return facts.is_plain && facts.layout == node.layout &&
         node.slot_count == static_cast<std::uint64_t>(facts.class_entry->default_properties_count);
}

}  // namespace

bool GraphBuilder::object(const zval* from, zval* to) {
  ZVAL_UNDEF(to);
  const auto* stored = memory_.follow(reinterpret_cast<const ObjectNode*>(Z_PTR_P(from)));
  if (stored == nullptr) {
    return false;
  }
  zend_refcounted** made;
  const Met met = meet(stored->number, IS_OBJECT_EX, to, made);
  if (met != Met::kFirst) {
    return met == Met::kAgain;
  }
  const ClassNode* class_node = memory_.follow(stored->class_node);
  if (class_node == nullptr || class_node->slot_count > memory_.size() / sizeof(zval)) {
    return false;
  }
  // A missing class is asked for again and again, as unserialize() does.
  const bool is_known =
      class_node == last_class_.node && last_class_.entry != php_ce_incomplete_class;
  if (!is_known && !find_class_of(class_node, stored->form)) {
    return false;
  }
  const FoundClass found = last_class_;  // other ones are found below
  ++depth_;
  const bool is_whole = build(stored, found, made, to);
  --depth_;
  return is_whole;
}

bool GraphBuilder::find_class_of(const ClassNode* class_node, ObjectForm form) {
  const zend_string* name = memory_.string(class_node->name);
  const zend_string* lower_case = memory_.string(class_node->lower_case_name);
  if (name == nullptr || lower_case == nullptr) {
    return false;
  }
  zend_string* own_name = own(name);
  zend_string* own_lower_case = own(lower_case);
  zend_class_entry* found = form == ObjectForm::kEnumCase ? find_enum(own_name, own_lower_case)
                                                          : find_class(own_name, own_lower_case);
  zend_string_release(own_name);
  zend_string_release(own_lower_case);
  if (found == nullptr) {
    return false;
  }
  if ((found->ce_flags & ZEND_ACC_NOT_SERIALIZABLE) != 0) {
    zend_throw_exception_ex(nullptr, 0, "Unserialization of '%s' is not allowed",
                            ZSTR_VAL(found->name));
    return false;
  }
  const bool is_asked = found->__unserialize != nullptr || found->serialize != nullptr;
  const ClassFacts& facts = facts_of(found);
  last_class_ = {class_node, found,
                 !is_asked && found != php_ce_incomplete_class && is_as_stored(facts, *class_node),
                 facts.has_wakeup};
  return true;
}

zend_string* GraphBuilder::own(const zend_string* name) const {
  return is_in_place_ ? const_cast<zend_string*>(name)
                      : zend_string_init(ZSTR_VAL(name), ZSTR_LEN(name), /*persistent=*/false);
}

bool GraphBuilder::build(const ObjectNode* stored, const FoundClass& found, zend_refcounted** made,
                         zval* to) {
  switch (stored->form) {
    case ObjectForm::kEnumCase:
      return enum_case(stored, found.entry, made, to);
    case ObjectForm::kString:
      return from_string(stored, found, made, to);
    case ObjectForm::kSlots:
      if (found.is_as_stored) [[likely]] {
        return from_slots(stored, found, made, to);
      }
      break;
    default:
      break;
  }
  const zend_class_entry* class_entry = found.entry;
  if (class_entry->serialize != nullptr && class_entry->__unserialize == nullptr) {
    zend_error(E_WARNING, "Erroneous data format for unserializing '%s'",
               ZSTR_VAL(class_entry->name));
    return false;
  }
  if (!begin(found, made, to)) {
    return false;
  }
  return class_entry->__unserialize != nullptr ? through_unserialize(stored, found.node, to)
                                               : by_names(stored, found.node, to);
}

bool GraphBuilder::begin(const FoundClass& found, zend_refcounted** made, zval* to) {
  if (object_init_ex(to, found.entry) != SUCCESS) {
    ZVAL_UNDEF(to);
    return false;
  }
  *made = Z_COUNTED_P(to);
  const zend_string* stored_name = memory_.string(found.node->name);
  // Unless it is one that never had another name.
  if (found.entry == php_ce_incomplete_class &&
      !zend_string_equals(stored_name, php_ce_incomplete_class->name)) {
    zend_string* name = own(stored_name);
    php_store_class_name(to, name);
    zend_string_release(name);
  }
  return true;
}

bool GraphBuilder::from_slots(const ObjectNode* stored, const FoundClass& found,
                              zend_refcounted** made, zval* to) {
  const auto count = static_cast<std::uint32_t>(found.entry->default_properties_count);
  const zval* slots = stored->slots();
  if (memory_.follow_local(slots, count * sizeof(zval)) == nullptr) {
    return false;
  }
  if (object_init_ex(to, found.entry) != SUCCESS) {
    ZVAL_UNDEF(to);
    return false;
  }
  zend_object* object = Z_OBJ_P(to);
  *made = Z_COUNTED_P(to);
  for (std::uint32_t i = 0; i < count; ++i) {
    if (Z_TYPE_INFO(slots[i]) != IS_UNDEF && !slot(object, i, &slots[i])) {
      return fail(object, found.has_wakeup);
    }
  }
  if (Z_TYPE_INFO(stored->data) != IS_UNDEF && !properties(object, &stored->data)) {
    return fail(object, found.has_wakeup);
  }
  if (found.has_wakeup) {
    delayed_.add_wakeup(object);
  }
  return true;
}

bool GraphBuilder::slot(zend_object* object, std::uint32_t number, const zval* from) {
  zval* to = &object->properties_table[number];
  if (is_in_place_ && Z_TYPE_INFO_P(from) <= IS_DOUBLE && !Z_REFCOUNTED_P(to)) [[likely]] {
    ZVAL_COPY_VALUE(to, from);
    Z_EXTRA_P(to) = 0;  // it is initialized
    return true;
  }
  zval built;
  if (!value(from, &built)) {
    zval_ptr_dtor(&built);
    return false;
  }
  zend_property_info* info = object->ce->properties_info_table[number];
  if (Z_TYPE(built) < IS_OBJECT && !Z_REFCOUNTED_P(to) && (is_in_place_ || takes(info, built)))
      [[likely]] {
    ZVAL_COPY_VALUE(to, &built);
    Z_EXTRA_P(to) = 0;
    return true;
  }
  zval replaced;
  const bool is_set = set_slot(info, to, &built, &replaced);
  keep_replaced(&replaced);
  return is_set;
}

bool GraphBuilder::properties(zend_object* object, const zval* from) {
  GraphMemory::ArrayView view;
  const bool is_array = Z_TYPE_P(from) == IS_ARRAY && memory_.array(Z_ARR_P(from), view);
  if (!is_array || !use_elements(view.shape.used)) {
    return false;
  }
  const std::byte* elements = view.data + view.shape.hash_bytes();
  for (std::uint32_t i = 0; i < view.shape.used; ++i) {
    bool is_set = false;
    if (view.shape.is_packed) {
      const auto* element = reinterpret_cast<const PackedElement*>(elements) + i;
      is_set = Z_TYPE_P(value_of(element)) == IS_UNDEF ||
               property(object, nullptr, i, value_of(element));
    } else {
      const auto* bucket = reinterpret_cast<const Bucket*>(elements) + i;
      is_set = property(object, bucket->key, bucket->h, &bucket->val);
    }
    if (!is_set) {
      return false;
    }
  }
  return true;
}

bool GraphBuilder::property(zend_object* object, const zend_string* key, zend_ulong index,
                            const zval* from) {
  if (Z_TYPE_INFO_P(from) == IS_UNDEF) {
    return false;  // in a table of properties nothing is missing
  }
  zend_string* name =
      key != nullptr ? string_at(key) : zend_long_to_str(static_cast<zend_long>(index));
  if (name == nullptr) {
    return false;
  }
  zval built;
  bool is_set = value(from, &built);
  if (is_set) {
    zval replaced;
    is_set = set_named_property(object, name, &built, &replaced);
    keep_replaced(&replaced);
  } else {
    zval_ptr_dtor(&built);
  }
  zend_string_release(name);
  return is_set;
}

bool GraphBuilder::by_names(const ObjectNode* stored, const ClassNode* class_node, zval* to) {
  zend_object* object = Z_OBJ_P(to);
  const bool has_wakeup = object->ce != php_ce_incomplete_class && facts_of(object->ce).has_wakeup;
  if (stored->form == ObjectForm::kSlots &&
      !named_slots(stored, class_node, [&](const zend_string* name, const zval* from) {
        return property(object, name, 0, from);
      })) {
    return fail(object, has_wakeup);
  }
  if (Z_TYPE_INFO(stored->data) != IS_UNDEF && !properties(object, &stored->data)) {
    return fail(object, has_wakeup);
  }
  if (has_wakeup) {
    delayed_.add_wakeup(object);
  }
  return true;
}

template <typename Visit>
bool GraphBuilder::named_slots(const ObjectNode* stored, const ClassNode* class_node, Visit visit) {
  const std::uint64_t count = class_node->slot_count;
  const zval* slots = memory_.follow_local(stored->slots(), count * sizeof(zval));
  zend_string* const* names =
      memory_.follow_local(class_node->slot_names(), count * sizeof(zend_string*));
  if (slots == nullptr || names == nullptr || !use_elements(count)) {
    return false;
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    const bool has_value = names[i] != nullptr && Z_TYPE_INFO(slots[i]) != IS_UNDEF;
    if (has_value && !visit(names[i], &slots[i])) {
      return false;
    }
  }
  return true;
}

bool GraphBuilder::through_unserialize(const ObjectNode* stored, const ClassNode* class_node,
                                       zval* to) {
  zend_object* object = Z_OBJ_P(to);
  zval data;
  ZVAL_EMPTY_ARRAY(&data);
  bool is_whole = true;
  if (Z_TYPE_INFO(stored->data) != IS_UNDEF) {
    // A table of properties is no level of its own, as it was none when it was stored.
    const std::uint32_t level = stored->form == ObjectForm::kData ? 0 : 1;
    depth_ -= level;
    is_whole = value(&stored->data, &data) && Z_TYPE(data) == IS_ARRAY;
    depth_ += level;
  }
  if (is_whole && stored->form != ObjectForm::kData) {
    // Names are always strings, keys may be ints.
    zend_array* by_keys = zend_proptable_to_symtable(Z_ARRVAL(data), /*always_duplicate=*/true);
    keep_replaced(&data);
    ZVAL_ARR(&data, by_keys);
  }
  if (is_whole && stored->form == ObjectForm::kSlots) {
    zval dynamic;
    ZVAL_COPY_VALUE(&dynamic, &data);
    array_init(&data);
    is_whole = add_slots(stored, class_node, Z_ARRVAL(data));
    zend_hash_merge(Z_ARRVAL(data), Z_ARRVAL(dynamic), zval_add_ref, /*overwrite=*/false);
    keep_replaced(&dynamic);
  }
  if (!is_whole) {
    zval_ptr_dtor(&data);
    return fail(object, true);
  }
  delayed_.add_unserialize(object, &data);
  return true;
}

bool GraphBuilder::add_slots(const ObjectNode* stored, const ClassNode* class_node,
                             zend_array* data) {
  return named_slots(stored, class_node, [&](const zend_string* name, const zval* from) {
    zend_string* key = string_at(name);
    if (key == nullptr) {
      return false;
    }
    zval built;
    const bool is_built = value(from, &built);
    if (is_built) {
      if (zval* there = zend_symtable_find(data, key)) {
        keep_replaced(there);
        ZVAL_NULL(there);
      }
      zend_symtable_update(data, key, &built);
    } else {
      zval_ptr_dtor(&built);
    }
    zend_string_release(key);
    return is_built;
  });
}

bool GraphBuilder::from_string(const ObjectNode* stored, const FoundClass& found,
                               zend_refcounted** made, zval* to) {
  zend_class_entry* class_entry = found.entry;
  const zend_string* text = text_of(stored);
  if (text == nullptr) {
    return false;
  }
  if (class_entry->unserialize == nullptr) {
    zend_error(E_WARNING, "Class %s has no unserializer", ZSTR_VAL(class_entry->name));
    return EG(exception) == nullptr && begin(found, made, to);
  }
  const int outcome = class_entry->unserialize(
      to, class_entry, reinterpret_cast<const unsigned char*>(ZSTR_VAL(text)), ZSTR_LEN(text),
      nullptr);
  if (outcome != SUCCESS || Z_TYPE_P(to) != IS_OBJECT) {
    return false;
  }
  *made = Z_COUNTED_P(to);
  return EG(exception) == nullptr;
}

bool GraphBuilder::enum_case(const ObjectNode* stored, zend_class_entry* class_entry,
                             zend_refcounted** made, zval* to) {
  const zend_string* name = text_of(stored);
  const zval* found = name == nullptr ? nullptr : find_enum_case(class_entry, name);
  if (found == nullptr) {
    return false;
  }
  ZVAL_COPY(to, found);
  *made = Z_COUNTED_P(to);
  return true;
}

}  // namespace nitro::php
