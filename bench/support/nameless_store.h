// A cache of this process alone.
#pragma once

#include <memory>

#include "core/store/store.h"

namespace nitro::bench {

// Its name is taken away at once: nothing is left of it however this process ends. Throws
// std::runtime_error.
[[nodiscard]] std::shared_ptr<Store> open_nameless_store(StoreOptions options);

}  // namespace nitro::bench
