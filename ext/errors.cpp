#include "ext/errors.h"

#include <algorithm>
#include <cstddef>

#include "ext/zend_headers.h"

namespace nitro::php {

zend_class_entry* exception_class;

namespace {

// A key may be binary and long; this much of it tells it from others.
constexpr std::size_t kShownKeyBytes = 64;

// Owned by the caller.
zend_string* printable(const zend_string* key) {
  smart_str text = {};
  smart_str_append_escaped(&text, ZSTR_VAL(key), std::min(ZSTR_LEN(key), kShownKeyBytes));
  if (ZSTR_LEN(key) > kShownKeyBytes) {
    smart_str_appends(&text, "...");
  }
  smart_str_0(&text);
  return text.s != nullptr ? text.s : ZSTR_EMPTY_ALLOC();
}

}  // namespace

void throw_error(const Error& error) {
  zend_throw_exception(exception_class, error.message.c_str(), 0);
}

void throw_not_a_number(const zend_string* key, const char* what_is_there) {
  zend_string* shown = printable(key);
  zend_throw_exception_ex(exception_class, 0, "\"%s\" cannot be counted: it holds %s",
                          ZSTR_VAL(shown), what_is_there);
  zend_string_release(shown);
}

void throw_not_a_limit(const zend_string* key, const char* what_is_there) {
  zend_string* shown = printable(key);
  zend_throw_exception_ex(exception_class, 0, "\"%s\" is no rate limit: it holds %s",
                          ZSTR_VAL(shown), what_is_there);
  zend_string_release(shown);
}

void throw_overflow(const zend_string* key) {
  zend_string* shown = printable(key);
  zend_throw_exception_ex(exception_class, 0,
                          "\"%s\" cannot be counted further: the sum would not fit an int",
                          ZSTR_VAL(shown));
  zend_string_release(shown);
}

void throw_unsteady() {
  zend_throw_exception_ex(exception_class, 0,
                          "A value cannot be stored while its objects change it whenever they are "
                          "asked for what is to be stored");
}

}  // namespace nitro::php
