#include "ext/cache_class.h"

#include <optional>

#include "ext/cache_object.h"
#include "ext/codec/codec.h"
#include "ext/construction.h"
#include "ext/counting.h"
#include "ext/errors.h"
#include "ext/globals.h"
#include "ext/several_keys.h"
#include "ext/statistics_array.h"
#include "ext/storing.h"
#include "ext/ttl.h"

#include "ext/nitro_arginfo.h"

using namespace nitro;
using namespace nitro::php;

ZEND_METHOD(NitroCache, __construct) {
  zval* max_memory_mb = nullptr;
  zend_string* name = nullptr;
  ZEND_PARSE_PARAMETERS_START(0, 2)
    Z_PARAM_OPTIONAL
    Z_PARAM_NUMBER_OR_NULL(max_memory_mb)
    Z_PARAM_STR_OR_NULL(name)
  ZEND_PARSE_PARAMETERS_END();

  construct(*cache_object(Z_OBJ_P(ZEND_THIS)), max_memory_mb, name);
}

ZEND_METHOD(NitroCache, get) {
  zend_string* key;
  zval* fallback = nullptr;
  ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(key)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(fallback)
  ZEND_PARSE_PARAMETERS_END();

  Session* session = session_of(Z_OBJ_P(ZEND_THIS));
  if (session == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  const std::optional<Entry> entry = session->find(view_of(key));
  if (entry && decode(*session, *entry, return_value)) {
    return;
  }
  if (fallback != nullptr && EG(exception) == nullptr) {
    RETURN_COPY_DEREF(fallback);
  }
}

ZEND_METHOD(NitroCache, set) {
  zend_string* key;
  zval* value;
  zval* ttl = nullptr;
  ZEND_PARSE_PARAMETERS_START(2, 3)
    Z_PARAM_STR(key)
    Z_PARAM_ZVAL(value)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(ttl)
  ZEND_PARSE_PARAMETERS_END();

  Milliseconds lifetime;
  if (!parse_ttl(ttl, 3, lifetime)) {
    RETURN_THROWS();
  }
  RETVAL_BOOL(store_value(Z_OBJ_P(ZEND_THIS), key, value, lifetime));
}

ZEND_METHOD(NitroCache, has) {
  zend_string* key;
  ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(key)
  ZEND_PARSE_PARAMETERS_END();

  Session* session = session_of(Z_OBJ_P(ZEND_THIS));
  if (session == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  RETURN_BOOL(session->has(view_of(key)));
}

ZEND_METHOD(NitroCache, delete) {
  zend_string* key;
  ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(key)
  ZEND_PARSE_PARAMETERS_END();

  RETVAL_BOOL(erase_value(Z_OBJ_P(ZEND_THIS), key));
}

ZEND_METHOD(NitroCache, clear) {
  ZEND_PARSE_PARAMETERS_NONE();

  Session* session = writing_session_of(Z_OBJ_P(ZEND_THIS));
  if (session == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  RETURN_BOOL(session->clear());
}

ZEND_METHOD(NitroCache, getMultiple) {
  zval* keys;
  zval* fallback = nullptr;
  ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_ITERABLE(keys)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(fallback)
  ZEND_PARSE_PARAMETERS_END();

  get_several(Z_OBJ_P(ZEND_THIS), keys, fallback, return_value);
}

ZEND_METHOD(NitroCache, setMultiple) {
  zval* values;
  zval* ttl = nullptr;
  ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_ITERABLE(values)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(ttl)
  ZEND_PARSE_PARAMETERS_END();

  Milliseconds lifetime;
  if (!parse_ttl(ttl, 2, lifetime)) {
    RETURN_THROWS();
  }
  RETVAL_BOOL(store_several(Z_OBJ_P(ZEND_THIS), values, lifetime));
}

ZEND_METHOD(NitroCache, deleteMultiple) {
  zval* keys;
  ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ITERABLE(keys)
  ZEND_PARSE_PARAMETERS_END();

  RETVAL_BOOL(erase_several(Z_OBJ_P(ZEND_THIS), keys));
}

ZEND_METHOD(NitroCache, increment) { count(INTERNAL_FUNCTION_PARAM_PASSTHRU, Direction::kUp); }

ZEND_METHOD(NitroCache, decrement) { count(INTERNAL_FUNCTION_PARAM_PASSTHRU, Direction::kDown); }

ZEND_METHOD(NitroCache, getStats) {
  ZEND_PARSE_PARAMETERS_NONE();

  CacheObject& object = *cache_object(Z_OBJ_P(ZEND_THIS));
  if (session_of(&object.std) == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  object.attachment->see_to_janitor();
  make_statistics_array(*object.attachment, return_value);
}

namespace nitro::php {

void register_classes() {
  exception_class = register_class_NitroCacheException(spl_ce_RuntimeException);
  set_up_cache_objects(register_class_NitroCache());
}

}  // namespace nitro::php
