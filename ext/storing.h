// Storing and removing one value on behalf of a NitroCache object.
#pragma once

#include <optional>

#include "core/base/units.h"
#include "core/store/store.h"

#include "ext/stored_extras.h"

#include "ext/zend_headers.h"

namespace nitro::php {

struct StoreTerms {
  Milliseconds lifetime;
  const Condition* condition;  // nullptr: none
  // Of the same object. Empty: what an entry of its namespace has.
  StoredExtras extras;
};

// nullopt: an exception was thrown. kNotWritten: the extras are of a store that was left meanwhile.
[[nodiscard]] std::optional<PutOutcome> store_value(zend_object* cache, zend_string* key,
                                                    zval* value, const StoreTerms& terms);

// False: it was not stored, or an exception was thrown.
[[nodiscard]] inline bool is_stored(zend_object* cache, zend_string* key, zval* value,
                                    const StoreTerms& terms) {
  return store_value(cache, key, value, terms) == PutOutcome::kStored;
}

// False: it is not there, or could not be touched, or an exception was thrown.
[[nodiscard]] bool touch_value(zend_object* cache, zend_string* key, Milliseconds lifetime);

// False: it may still be there, or an exception was thrown.
[[nodiscard]] bool erase_value(zend_object* cache, zend_string* key);

}  // namespace nitro::php
