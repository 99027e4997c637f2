// The class NitroIterator: a walk through a cache, for keys() and foreach.
#pragma once

#include <cstddef>

#include "ext/zend_headers.h"

namespace nitro::php {

enum class Yield {
  kKeys,    // 0, 1, 2… => key
  kValues,  // key => value
};

// A walk through the keys that begin with `prefix`, without their first `stripped` bytes.
// Requires: stripped <= the prefix's length.
void make_iterator(zend_object* cache, zend_string* prefix, std::size_t stripped, Yield yield,
                   zval* result);

void set_up_iterators(zend_class_entry* class_entry);

}  // namespace nitro::php
