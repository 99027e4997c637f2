// NitroLock: what NitroCache::lock() gives.
#pragma once

#include "core/base/units.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// Says how objects of the class are made.
void set_up_lock_objects(zend_class_entry* class_entry);

// Gives a NitroLock, or null if the lock could not be had. False: thrown.
[[nodiscard]] bool take_lock(zend_object* cache, zend_string* name, Milliseconds lease,
                             Milliseconds wait, zval* result);

}  // namespace nitro::php
