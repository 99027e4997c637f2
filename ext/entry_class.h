// The class NitroEntry: what getEntry() tells of an entry.
#pragma once

#include <string_view>

#include "core/store/store.h"

#include "ext/zend_headers.h"

namespace nitro::php {

// `result` is null if there is no entry under `key`.
void make_entry(Session& session, std::string_view key, zval* result);

void set_up_entries(zend_class_entry* class_entry);

}  // namespace nitro::php
