#include "ext/codec/igbinary.h"

#include <string_view>

#include "ext/errors.h"
#include "ext/globals.h"

namespace nitro::php {
namespace {

// nullptr: igbinary is not loaded, or somebody disabled its functions.
zend_function* find_function(std::string_view name) noexcept {
  return static_cast<zend_function*>(
      zend_hash_str_find_ptr(CG(function_table), name.data(), name.size()));
}

zend_function* find_serialize() noexcept { return find_function("igbinary_serialize"); }
zend_function* find_unserialize() noexcept { return find_function("igbinary_unserialize"); }

void tell_that_it_is_missing() {
  if (!NITRO_G(told_of_igbinary)) {
    NITRO_G(told_of_igbinary) = true;
    php_error_docref(nullptr, E_WARNING,
                     "Another process has stored objects by igbinary, which this one cannot read "
                     "and takes for missing: the extension igbinary is not loaded (Debian: install "
                     "php-igbinary, or set nitro.serializer=native everywhere)");
  }
}

}  // namespace

bool is_igbinary_loaded() noexcept {
  return find_serialize() != nullptr && find_unserialize() != nullptr;
}

zend_string* serialize_by_igbinary(zval* value) {
  zval result;
  zend_call_known_function(find_serialize(), nullptr, nullptr, &result, 1, value, nullptr);
  if (EG(exception) == nullptr && Z_TYPE(result) == IS_STRING) {
    return Z_STR(result);
  }
  zval_ptr_dtor(&result);
  if (EG(exception) == nullptr) {
    zend_throw_exception(exception_class, "igbinary cannot serialize this value", 0);
  }
  return nullptr;
}

bool decode_igbinary(Session& session, Entry entry, zval* result) {
  ZVAL_NULL(result);
  zend_function* unserialize = find_unserialize();
  if (unserialize == nullptr) {
    session.release();
    tell_that_it_is_missing();
    return false;
  }
  zval bytes;
  ZVAL_STRINGL(&bytes, reinterpret_cast<const char*>(entry.bytes.data()), entry.bytes.size());
  session.release();
  zend_call_known_function(unserialize, nullptr, nullptr, result, 1, &bytes, nullptr);
  zval_ptr_dtor(&bytes);
  // There was an object in it.
  if (EG(exception) == nullptr && (Z_TYPE_P(result) == IS_OBJECT || Z_TYPE_P(result) == IS_ARRAY)) {
    return true;
  }
  zval_ptr_dtor(result);
  ZVAL_NULL(result);
  return false;
}

}  // namespace nitro::php
