// Lists keys without holding a lock.
#pragma once

#include <functional>
#include <string_view>

#include "core/store/store.h"

namespace nitro {

struct KeyListing {
  std::string_view key;  // valid during the call
  ValueKind kind;
  ByteCount value_size;    // bytes stored, engine header included
  MonotonicTime deadline;  // kNever: none
};

// Calls `visit` for each live key that begins with `prefix`, in no order. Every key that is there
// from beginning to end is visited, at least once. `visit` may use the session.
void for_each_key(Session& session, std::string_view prefix,
                  const std::function<void(const KeyListing&)>& visit);

}  // namespace nitro
