// From the name that the user typed to an attached cache. Never creates one.
#pragma once

#include <memory>

#include "core/base/result.h"
#include "core/store/store.h"

#include "nitroctl/command.h"

namespace nitro::ctl {

// The choice with its value ABI filled in: looked up when the user gave none. An error when no
// cache has that name, or when several do.
[[nodiscard]] Result<CacheChoice> complete_choice(CacheChoice choice);

// Attaches to the cache that `choice` names.
[[nodiscard]] Result<std::shared_ptr<Store>> open_cache(const CacheChoice& choice);

}  // namespace nitro::ctl
