#include "ext/codec/class_lookup.h"

namespace nitro::php {
namespace {

// nullptr: not yet.
zend_class_entry* loaded(zend_string* lower_case_name) {
  auto* found =
      static_cast<zend_class_entry*>(zend_hash_find_ptr(EG(class_table), lower_case_name));
  return found != nullptr && (found->ce_flags & ZEND_ACC_LINKED) != 0 ? found : nullptr;
}

zend_class_entry* load(zend_string* name, zend_string* lower_case_name) {
  ++BG(serialize_lock);
  zend_class_entry* found = zend_lookup_class_ex(name, lower_case_name, 0);
  --BG(serialize_lock);
  return found;
}

zend_class_entry* ask_callback(zend_string* name, zend_string* lower_case_name) {
  zval function;
  zval result;
  zval argument;
  ZVAL_STRING(&function, PG(unserialize_callback_func));
  ZVAL_STR_COPY(&argument, name);
  ZVAL_UNDEF(&result);
  ++BG(serialize_lock);
  call_user_function(nullptr, nullptr, &function, &result, 1, &argument);
  --BG(serialize_lock);
  zval_ptr_dtor(&result);
  zval_ptr_dtor(&argument);
  zend_class_entry* found = nullptr;
  if (EG(exception) == nullptr) {
    found = load(name, lower_case_name);
    if (found == nullptr && EG(exception) == nullptr) {
      php_error_docref(nullptr, E_WARNING,
                       "Function %s() hasn't defined the class it was called for",
                       Z_STRVAL(function));
    }
  }
  zval_ptr_dtor(&function);
  return found;
}

}  // namespace

zend_class_entry* find_class(zend_string* name, zend_string* lower_case_name) {
  zend_class_entry* found = loaded(lower_case_name);
  if (found != nullptr) [[likely]] {
    return found;
  }
  found = load(name, lower_case_name);
  const bool has_callback =
      PG(unserialize_callback_func) != nullptr && PG(unserialize_callback_func)[0] != '\0';
  if (found == nullptr && EG(exception) == nullptr && has_callback) {
    found = ask_callback(name, lower_case_name);
  }
  if (EG(exception) != nullptr) {
    return nullptr;
  }
  return found != nullptr ? found : php_ce_incomplete_class;
}

zend_class_entry* find_enum(zend_string* name, zend_string* lower_case_name) {
  zend_class_entry* found = loaded(lower_case_name);
  if (found == nullptr) {
    found = zend_lookup_class_ex(name, lower_case_name, 0);
  }
  if (found == nullptr && EG(exception) == nullptr) {
    php_error_docref(nullptr, E_WARNING, "Class '%s' not found", ZSTR_VAL(name));
  }
  return EG(exception) == nullptr ? found : nullptr;
}

const zval* find_enum_case(zend_class_entry* class_entry, const zend_string* name) {
  const char* class_name = ZSTR_VAL(class_entry->name);
  if ((class_entry->ce_flags & ZEND_ACC_ENUM) == 0) {
    php_error_docref(nullptr, E_WARNING, "Class '%s' is not an enum", class_name);
    return nullptr;
  }
  auto* constant = static_cast<zend_class_constant*>(
      zend_hash_str_find_ptr(CE_CONSTANTS_TABLE(class_entry), ZSTR_VAL(name), ZSTR_LEN(name)));
  if (constant == nullptr) {
    php_error_docref(nullptr, E_WARNING, "Undefined constant %s::%s", class_name, ZSTR_VAL(name));
    return nullptr;
  }
  if ((ZEND_CLASS_CONST_FLAGS(constant) & ZEND_CLASS_CONST_IS_CASE) == 0) {
    php_error_docref(nullptr, E_WARNING, "%s::%s is not an enum case", class_name, ZSTR_VAL(name));
    return nullptr;
  }
  if (Z_TYPE(constant->value) == IS_CONSTANT_AST &&
      zval_update_constant_ex(&constant->value, constant->ce) != SUCCESS) {
    return nullptr;
  }
  return &constant->value;
}

}  // namespace nitro::php
