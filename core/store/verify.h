// Walks the segment and names each broken invariant.
#pragma once

#include <string>
#include <vector>

#include "core/store/store.h"

namespace nitro {

// Empty: sound. Holds one stripe's lock at a time, for as long as its walk takes (some 10 ms for
// 32 MiB of small entries); readers never notice, writers of that stripe wait.
[[nodiscard]] std::vector<std::string> verify(Session& session);

}  // namespace nitro
