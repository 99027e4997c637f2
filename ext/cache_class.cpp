#include "ext/cache_class.h"

#include <optional>

#include "core/store/keys.h"

#include "ext/cache_object.h"
#include "ext/changing.h"
#include "ext/codec/codec.h"
#include "ext/construction.h"
#include "ext/counting.h"
#include "ext/entry_class.h"
#include "ext/errors.h"
#include "ext/globals.h"
#include "ext/iterator_class.h"
#include "ext/key_space.h"
#include "ext/lock_class.h"
#include "ext/remembering.h"
#include "ext/seconds.h"
#include "ext/several_keys.h"
#include "ext/statistics_array.h"
#include "ext/stored_extras.h"
#include "ext/storing.h"
#include "ext/tags.h"
#include "ext/ttl.h"

#include "ext/nitro_arginfo.h"

using namespace nitro;
using namespace nitro::php;

namespace {

// True, and `result` is the value: it is there. May run PHP code, and may throw.
[[gnu::always_inline]] inline bool get_value(Session& session, std::string_view key, zval* result) {
  const std::optional<Entry> entry = session.find(key);
  return entry && decode(session, *entry, result);
}

// At the first call of a request, in a namespace, without a constructor.
[[gnu::noinline]] bool get_value_slowly(CacheObject& object, zend_string* key, zval* result) {
  Session* session = session_of(&object.std);
  if (session == nullptr) {
    return false;
  }
  const StoredKey stored(object, key);
  return get_value(*session, stored.view(), result);
}

void return_default(zval* fallback, zval* return_value) {
  if (fallback != nullptr && EG(exception) == nullptr) {
    RETURN_COPY_DEREF(fallback);
  }
}

// keys() and getIterator(), which say keys as they are in the object's key space.
void walk(CacheObject& object, zend_string* prefix, Yield yield, zval* result) {
  const StoredKey stored(object, prefix);
  const std::size_t stripped = object.prefix == nullptr ? 0 : ZSTR_LEN(object.prefix);
  make_iterator(&object.std, stored.string(), stripped, yield, result);
}

// add() and replace().
void store_if(INTERNAL_FUNCTION_PARAMETERS, Condition::Kind kind) {
  zend_string* key;
  zval* value;
  zval* ttl = nullptr;
  zend_array* tags = nullptr;
  ZEND_PARSE_PARAMETERS_START(2, 4)
    Z_PARAM_STR(key)
    Z_PARAM_ZVAL(value)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(ttl)
    Z_PARAM_ARRAY_HT(tags)
  ZEND_PARSE_PARAMETERS_END();

  Milliseconds lifetime;
  if (!parse_ttl(ttl, 3, lifetime) || (tags != nullptr && !check_tags(tags, 4))) {
    RETURN_THROWS();
  }
  Session* session = session_of(Z_OBJ_P(ZEND_THIS));
  if (session == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  // Most often it is known at once that nothing is to be stored.
  if (session->has(StoredKey(*cache_object(Z_OBJ_P(ZEND_THIS)), key).view()) !=
      (kind == Condition::Kind::kPresent)) {
    RETURN_FALSE;
  }
  StoredExtras extras;
  if (!make_tag_extras(Z_OBJ_P(ZEND_THIS), tags, 4, extras)) {
    RETURN_THROWS();
  }
  const Condition condition{kind, {}};
  RETVAL_BOOL(is_stored(Z_OBJ_P(ZEND_THIS), key, value, {lifetime, &condition, extras}));
  extras.free();
}

}  // namespace

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

[[gnu::flatten]] ZEND_METHOD(NitroCache, get) {
  zend_string* key;
  zval* fallback = nullptr;
  ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(key)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(fallback)
  ZEND_PARSE_PARAMETERS_END();

  CacheObject& object = *cache_object(Z_OBJ_P(ZEND_THIS));
  // A namespace has no attachment here, so that this asks nothing of those who use none.
  if (object.attachment != nullptr && object.attachment->is_current()) [[likely]] {
    if (get_value(object.attachment->session(), view_of(key), return_value)) [[likely]] {
      return;
    }
  } else if (get_value_slowly(object, key, return_value)) {
    return;
  }
  return_default(fallback, return_value);
}

ZEND_METHOD(NitroCache, set) {
  zend_string* key;
  zval* value;
  zval* ttl = nullptr;
  zend_array* tags = nullptr;
  ZEND_PARSE_PARAMETERS_START(2, 4)
    Z_PARAM_STR(key)
    Z_PARAM_ZVAL(value)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(ttl)
    Z_PARAM_ARRAY_HT(tags)
  ZEND_PARSE_PARAMETERS_END();

  Milliseconds lifetime;
  StoredExtras extras;
  if (!parse_ttl(ttl, 3, lifetime) ||
      (tags != nullptr && !make_tag_extras(Z_OBJ_P(ZEND_THIS), tags, 4, extras))) {
    RETURN_THROWS();
  }
  RETVAL_BOOL(is_stored(Z_OBJ_P(ZEND_THIS), key, value, {lifetime, nullptr, extras}));
  extras.free();
}

ZEND_METHOD(NitroCache, add) {
  store_if(INTERNAL_FUNCTION_PARAM_PASSTHRU, Condition::Kind::kAbsent);
}

ZEND_METHOD(NitroCache, replace) {
  store_if(INTERNAL_FUNCTION_PARAM_PASSTHRU, Condition::Kind::kPresent);
}

ZEND_METHOD(NitroCache, compareAndSet) {
  zend_string* key;
  zval* expected;
  zval* value;
  zval* ttl = nullptr;
  zend_array* tags = nullptr;
  ZEND_PARSE_PARAMETERS_START(3, 5)
    Z_PARAM_STR(key)
    Z_PARAM_ZVAL(expected)
    Z_PARAM_ZVAL(value)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(ttl)
    Z_PARAM_ARRAY_HT(tags)
  ZEND_PARSE_PARAMETERS_END();

  Milliseconds lifetime;
  StoredExtras extras;
  if (!parse_ttl(ttl, 4, lifetime) || !make_tag_extras(Z_OBJ_P(ZEND_THIS), tags, 5, extras)) {
    RETURN_THROWS();
  }
  RETVAL_BOOL(
      compare_and_set(Z_OBJ_P(ZEND_THIS), key, expected, value, {lifetime, nullptr, extras}));
  extras.free();
}

ZEND_METHOD(NitroCache, pull) {
  zend_string* key;
  zval* fallback = nullptr;
  ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(key)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(fallback)
  ZEND_PARSE_PARAMETERS_END();

  pull_value(Z_OBJ_P(ZEND_THIS), key, return_value);
  if (Z_TYPE_P(return_value) == IS_UNDEF) {
    ZVAL_NULL(return_value);
    return_default(fallback, return_value);
  }
}

ZEND_METHOD(NitroCache, touch) {
  zend_string* key;
  zval* ttl = nullptr;
  ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(key)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(ttl)
  ZEND_PARSE_PARAMETERS_END();

  Milliseconds lifetime;
  if (!parse_ttl(ttl, 2, lifetime)) {
    RETURN_THROWS();
  }
  RETVAL_BOOL(touch_value(Z_OBJ_P(ZEND_THIS), key, lifetime));
}

ZEND_METHOD(NitroCache, remember) {
  zend_string* key;
  zend_fcall_info callback;
  zend_fcall_info_cache callback_cache;
  zval* ttl = nullptr;
  double stale_for = 0;
  double wait = 5;
  double early = 0;
  zend_array* tags = nullptr;
  ZEND_PARSE_PARAMETERS_START(2, 7)
    Z_PARAM_STR(key)
    Z_PARAM_FUNC(callback, callback_cache)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(ttl)
    Z_PARAM_DOUBLE(stale_for)
    Z_PARAM_DOUBLE(wait)
    Z_PARAM_DOUBLE(early)
    Z_PARAM_ARRAY_HT(tags)
  ZEND_PARSE_PARAMETERS_END();

  RememberTerms terms;
  if (!parse_ttl(ttl, 3, terms.lifetime) || !parse_seconds(stale_for, 4, terms.stale_for) ||
      !parse_seconds(wait, 5, terms.wait)) {
    RETURN_THROWS();
  }
  if (!(early >= 0 && std::isfinite(early))) {
    zend_argument_value_error(6, "must be a finite number, 0 or more");
    RETURN_THROWS();
  }
  if (tags != nullptr && !check_tags(tags, kRememberTags)) {
    RETURN_THROWS();
  }
  terms.early = early;
  terms.tags = tags != nullptr && zend_hash_num_elements(tags) != 0 ? tags : nullptr;
  remember(Z_OBJ_P(ZEND_THIS), key, callback, callback_cache, terms, return_value);
}

ZEND_METHOD(NitroCache, allow) { count_against_limit(INTERNAL_FUNCTION_PARAM_PASSTHRU); }

ZEND_METHOD(NitroCache, lock) {
  zend_string* name;
  double lease_seconds = 30;
  double wait_seconds = 0;
  ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_STR(name)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE(lease_seconds)
    Z_PARAM_DOUBLE(wait_seconds)
  ZEND_PARSE_PARAMETERS_END();

  Milliseconds lease;
  Milliseconds wait;
  if (!parse_seconds(lease_seconds, 2, lease) || !parse_seconds(wait_seconds, 3, wait)) {
    RETURN_THROWS();
  }
  if (!take_lock(Z_OBJ_P(ZEND_THIS), name, lease, wait, return_value)) {
    RETURN_THROWS();
  }
}

ZEND_METHOD(NitroCache, invalidateTags) {
  zval* tags = nullptr;
  std::uint32_t count = 0;
  ZEND_PARSE_PARAMETERS_START(0, -1)
    Z_PARAM_VARIADIC('*', tags, count)
  ZEND_PARSE_PARAMETERS_END();

  for (std::uint32_t i = 0; i < count; ++i) {
    zend_string* tag;
    if (!zend_parse_arg_str(&tags[i], &tag, /*check_null=*/false, i + 1)) {
      zend_wrong_parameter_type_error(i + 1, Z_EXPECTED_STRING, &tags[i]);
      RETURN_THROWS();
    }
    if (!check_tag(&tags[i], i + 1)) {
      RETURN_THROWS();
    }
  }
  Session* session = writing_session_of(Z_OBJ_P(ZEND_THIS));
  if (session == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    session->store().invalidate_tag(view_of(Z_STR(tags[i])));
  }
  RETURN_TRUE;
}

ZEND_METHOD(NitroCache, namespace) {
  zend_string* name;
  ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
  ZEND_PARSE_PARAMETERS_END();

  CacheObject& object = *cache_object(Z_OBJ_P(ZEND_THIS));
  if (session_of(&object.std) == nullptr || !make_key_space(object, name, return_value)) {
    RETURN_THROWS();
  }
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
  RETURN_BOOL(session->has(StoredKey(*cache_object(Z_OBJ_P(ZEND_THIS)), key).view()));
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
  const CacheObject& object = *cache_object(Z_OBJ_P(ZEND_THIS));
  if (object.prefix != nullptr) {
    clear_key_space(object, session->store());
    RETURN_TRUE;
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
  zend_array* tags = nullptr;
  ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_ITERABLE(values)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(ttl)
    Z_PARAM_ARRAY_HT(tags)
  ZEND_PARSE_PARAMETERS_END();

  Milliseconds lifetime;
  if (!parse_ttl(ttl, 2, lifetime)) {
    RETURN_THROWS();
  }
  RETVAL_BOOL(store_several(Z_OBJ_P(ZEND_THIS), values, lifetime, tags));
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

ZEND_METHOD(NitroCache, keys) {
  zend_string* prefix = ZSTR_EMPTY_ALLOC();
  ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(prefix)
  ZEND_PARSE_PARAMETERS_END();

  if (session_of(Z_OBJ_P(ZEND_THIS)) == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  walk(*cache_object(Z_OBJ_P(ZEND_THIS)), prefix, Yield::kKeys, return_value);
}

ZEND_METHOD(NitroCache, getIterator) {
  ZEND_PARSE_PARAMETERS_NONE();

  if (session_of(Z_OBJ_P(ZEND_THIS)) == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  walk(*cache_object(Z_OBJ_P(ZEND_THIS)), ZSTR_EMPTY_ALLOC(), Yield::kValues, return_value);
}

ZEND_METHOD(NitroCache, count) {
  ZEND_PARSE_PARAMETERS_NONE();

  Session* session = session_of(Z_OBJ_P(ZEND_THIS));
  if (session == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  const CacheObject& object = *cache_object(Z_OBJ_P(ZEND_THIS));
  RETURN_LONG(static_cast<zend_long>(object.prefix == nullptr
                                         ? session->store().entry_count()
                                         : count_keys(*session, view_of(object.prefix))));
}

ZEND_METHOD(NitroCache, getEntry) {
  zend_string* key;
  ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(key)
  ZEND_PARSE_PARAMETERS_END();

  Session* session = session_of(Z_OBJ_P(ZEND_THIS));
  if (session == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  make_entry(*session, StoredKey(*cache_object(Z_OBJ_P(ZEND_THIS)), key).view(), return_value);
}

ZEND_METHOD(NitroCache, getStats) {
  bool per_stripe = false;
  ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_BOOL(per_stripe)
  ZEND_PARSE_PARAMETERS_END();

  CacheObject& object = *cache_object(Z_OBJ_P(ZEND_THIS));
  if (session_of(&object.std) == nullptr) [[unlikely]] {
    RETURN_THROWS();
  }
  Attachment& attachment = *attachment_of(object);
  attachment.see_to_janitor();
  make_statistics_array(attachment, per_stripe, return_value);
}

namespace nitro::php {

void register_classes() {
  exception_class = register_class_NitroCacheException(spl_ce_RuntimeException);
  set_up_lock_objects(register_class_NitroLock());
  set_up_cache_objects(register_class_NitroCache(zend_ce_aggregate, zend_ce_countable));
  set_up_iterators(register_class_NitroIterator(zend_ce_iterator));
  set_up_entries(register_class_NitroEntry());
}

}  // namespace nitro::php
