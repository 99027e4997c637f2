#include "ext/several_keys.h"

#include <optional>

#include "ext/cache_object.h"
#include "ext/codec/codec.h"
#include "ext/key_space.h"
#include "ext/storing.h"
#include "ext/type_names.h"

namespace nitro::php {
namespace {

constexpr std::uint32_t kTags = 3;  // the position of setMultiple()'s

// Calls `visit(key, value)` for each pair until it gives false. A `visit` has no destructor, since
// user code runs in between and may bail out.
template <typename Visit>
void for_each_pair_of_array(zend_array* pairs, Visit& visit) {
  zend_ulong index;
  zend_string* name;
  zval* value;
  ZEND_HASH_FOREACH_KEY_VAL(pairs, index, name, value) {
    zval key;
    if (name != nullptr) {
      ZVAL_STR(&key, name);
    } else {
      ZVAL_LONG(&key, static_cast<zend_long>(index));
    }
    if (!visit(&key, value)) {
      return;
    }
  }
  ZEND_HASH_FOREACH_END();
}

template <typename Visit>
int visit_current(zend_object_iterator* iterator, void* visit) {
  zval* current = iterator->funcs->get_current_data(iterator);
  if (EG(exception) != nullptr || current == nullptr) {
    return ZEND_HASH_APPLY_STOP;
  }
  // What the iterator gave is its own, and the visit may run code that changes it.
  zval value;
  ZVAL_COPY_DEREF(&value, current);
  zval key;
  ZVAL_NULL(&key);
  if (iterator->funcs->get_current_key != nullptr) {
    iterator->funcs->get_current_key(iterator, &key);
  }
  const bool goes_on = EG(exception) == nullptr && (*static_cast<Visit*>(visit))(&key, &value);
  zval_ptr_dtor(&key);
  zval_ptr_dtor(&value);
  return goes_on ? ZEND_HASH_APPLY_KEEP : ZEND_HASH_APPLY_STOP;
}

template <typename Visit>
void for_each_pair(zval* pairs, Visit visit) {
  if (Z_TYPE_P(pairs) == IS_ARRAY) {
    for_each_pair_of_array(Z_ARRVAL_P(pairs), visit);
  } else {
    spl_iterator_apply(pairs, visit_current<Visit>, &visit);
  }
}

// The key's text; the caller owns it. nullptr: thrown.
zend_string* key_of(zval* given, const char* what) {
  ZVAL_DEREF(given);
  if (Z_TYPE_P(given) == IS_STRING) {
    return zend_string_copy(Z_STR_P(given));
  }
  if (Z_TYPE_P(given) == IS_LONG) {
    return zend_long_to_str(Z_LVAL_P(given));
  }
  zend_argument_type_error(1, "must have %s of type string|int, %s given", what, type_name(given));
  return nullptr;
}

// False: thrown.
bool get_one(zend_object* cache, zend_string* key, zval* fallback, zval* result) {
  Session* session = session_of(cache);
  if (session == nullptr) [[unlikely]] {
    return false;
  }
  const StoredKey stored(*cache_object(cache), key);
  const std::optional<Entry> entry = session->find(stored.view());
  if (entry && decode(*session, *entry, result)) {
    return true;
  }
  if (EG(exception) != nullptr) {
    return false;
  }
  if (fallback != nullptr) {
    ZVAL_COPY_DEREF(result, fallback);
  } else {
    ZVAL_NULL(result);
  }
  return true;
}

}  // namespace

void get_several(zend_object* cache, zval* keys, zval* fallback, zval* return_value) {
  array_init(return_value);
  for_each_pair(keys, [&](zval*, zval* given) {
    zend_string* key = key_of(given, "elements");
    if (key == nullptr) {
      return false;
    }
    zval value;
    const bool is_done = get_one(cache, key, fallback, &value);
    if (is_done) {
      // As in a PHP array: "7" and 7 are the same key.
      zend_symtable_update(Z_ARRVAL_P(return_value), key, &value);
    }
    zend_string_release(key);
    return is_done;
  });
  if (EG(exception) != nullptr) {
    zval_ptr_dtor(return_value);
    ZVAL_NULL(return_value);
  }
}

bool store_several(zend_object* cache, zval* values, Milliseconds lifetime,
                   const zend_array* tags) {
  StoredExtras extras;
  bool all_are_stored = make_tag_extras(cache, tags, kTags, extras);
  if (!all_are_stored) {
    return false;
  }
  for_each_pair(values, [&](zval* given, zval* value) {
    zend_string* key = key_of(given, "keys");
    if (key == nullptr) {
      return false;
    }
    // Made anew where a generator came by the end of the cache.
    all_are_stored &= make_tag_extras(cache, tags, kTags, extras) &&
                      is_stored(cache, key, value, {lifetime, nullptr, extras});
    zend_string_release(key);
    return EG(exception) == nullptr;
  });
  extras.free();
  return all_are_stored && EG(exception) == nullptr;
}

bool erase_several(zend_object* cache, zval* keys) {
  bool all_are_gone = true;
  for_each_pair(keys, [&](zval*, zval* given) {
    zend_string* key = key_of(given, "elements");
    if (key == nullptr) {
      return false;
    }
    all_are_gone &= erase_value(cache, key);
    zend_string_release(key);
    return EG(exception) == nullptr;
  });
  return all_are_gone && EG(exception) == nullptr;
}

}  // namespace nitro::php
