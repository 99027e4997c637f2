#include "ext/codec/named_property.h"

#include <cstring>

namespace nitro::php {
namespace {

// What the class calls the property of this mangled name now, when its visibility has changed.
// nullptr: there is none by that name.
zend_string* name_now(const zend_class_entry* class_entry, zend_string* name) {
  if (zend_hash_num_elements(&class_entry->properties_info) == 0) {
    return nullptr;
  }
  const char* scope = nullptr;
  const char* plain = nullptr;
  std::size_t length = 0;
  if (zend_unmangle_property_name_ex(name, &scope, &plain, &length) == FAILURE) {
    return nullptr;
  }
  if (scope != nullptr && std::strcmp(scope, "*") != 0 &&
      strcasecmp(scope, ZSTR_VAL(class_entry->name)) != 0) {
    return nullptr;
  }
  const auto* info = static_cast<zend_property_info*>(
      zend_hash_str_find_ptr(&class_entry->properties_info, plain, length));
  return info != nullptr ? info->name : nullptr;
}

// False: an exception was thrown.
bool may_have_dynamic(const zend_class_entry* class_entry, zend_string* name) {
  if ((class_entry->ce_flags & ZEND_ACC_NO_DYNAMIC_PROPERTIES) != 0) {
    zend_throw_error(nullptr, "Cannot create dynamic property %s::$%s", ZSTR_VAL(class_entry->name),
                     zend_get_unmangled_property_name(name));
    return false;
  }
#if PHP_VERSION_ID >= 80200
  if ((class_entry->ce_flags & ZEND_ACC_ALLOW_DYNAMIC_PROPERTIES) == 0) {
    zend_error(E_DEPRECATED, "Creation of dynamic property %s::$%s is deprecated",
               ZSTR_VAL(class_entry->name), zend_get_unmangled_property_name(name));
    return EG(exception) == nullptr;
  }
#endif
  return true;
}

}  // namespace

bool set_slot(zend_property_info* info, zval* slot, zval* value, zval* replaced) {
  ZVAL_UNDEF(replaced);
  const bool is_typed = info != nullptr && ZEND_TYPE_IS_SET(info->type);
  if (is_typed && !zend_verify_prop_assignable_by_ref(info, value, /*strict=*/true)) {
    zval_ptr_dtor(value);
    return false;
  }
  if (is_typed && Z_ISREF_P(slot)) {
    ZEND_REF_DEL_TYPE_SOURCE(Z_REF_P(slot), info);
  }
  ZVAL_COPY_VALUE(replaced, slot);
  ZVAL_COPY_VALUE(slot, value);
  Z_EXTRA_P(slot) = 0;  // it is initialized
  if (is_typed && Z_ISREF_P(slot)) {
    ZEND_REF_ADD_TYPE_SOURCE(Z_REF_P(slot), info);
  }
  return true;
}

bool set_named_property(zend_object* object, zend_string* name, zval* value, zval* replaced) {
  ZVAL_UNDEF(replaced);
  // Declared properties are in it as ways to their slots.
  zend_array* properties = object->handlers->get_properties(object);
  zval* place = zend_hash_find(properties, name);
  if (place == nullptr || Z_TYPE_P(place) != IS_INDIRECT) {
    zend_string* now = name_now(object->ce, name);
    if (now != nullptr) {
      name = now;
      place = zend_hash_lookup(properties, name);
    } else if (place == nullptr) {
      if (!may_have_dynamic(object->ce, name)) {
        zval_ptr_dtor(value);
        return false;
      }
      place = zend_hash_lookup(properties, name);
    }
  }
  if (Z_TYPE_P(place) != IS_INDIRECT) {
    ZVAL_COPY_VALUE(replaced, place);
    ZVAL_COPY_VALUE(place, value);
    return true;
  }
  zval* slot = Z_INDIRECT_P(place);
  return set_slot(zend_get_typed_property_info_for_slot(object, slot), slot, value, replaced);
}

}  // namespace nitro::php
