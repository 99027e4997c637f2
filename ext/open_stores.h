// The stores that this process has mapped. Threads that use the same cache share one mapping.
#pragma once

#include <memory>

#include "core/base/result.h"
#include "core/store/options.h"
#include "core/store/store.h"

namespace nitro::php {

// The mapped store of that name, if there is one and its segment was not given up; else a new
// mapping. Stays mapped for as long as somebody holds it.
[[nodiscard]] Result<std::shared_ptr<Store>> open_shared_store(const StoreOptions& options);

// --- fork: nobody opens a store between the first call and one of the other two.
void hold_open_stores_for_fork();
void release_open_stores_in_parent();
// The child's copies of the stores' file locks become its own.
void adopt_open_stores_in_child();

}  // namespace nitro::php
