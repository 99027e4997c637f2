// Methods that change an entry depending on what it is: pull() and compareAndSet().
#pragma once

#include "ext/storing.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// What was under the key, which is gone then; undef: nothing, or it could not be removed, or an
// exception was thrown.
void pull_value(zend_object* cache, zend_string* key, zval* result);

// False: something else is there, or it could not be stored, or an exception was thrown.
[[nodiscard]] bool compare_and_set(zend_object* cache, zend_string* key, zval* expected,
                                   zval* value, StoreTerms terms);

// As compare_and_set() compares.
[[nodiscard]] bool are_same(zval* left, zval* right);

}  // namespace nitro::php
