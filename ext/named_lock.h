// Waits for a lock with a name, also across the end of the cache in which the wait began.
#pragma once

#include <algorithm>
#include <chrono>
#include <string_view>

#include "core/store/store.h"

namespace nitro::php {

struct LockTerms {
  LockKind kind;
  Milliseconds lease;
  Milliseconds wait;
};

struct LockOutcome {
  Session* session = nullptr;  // whose it is; nullptr: there was none to be had
  LockTable::Attempt attempt;
};

// `find_session()`: the way into the cache as it is now, or nullptr.
template <typename FindSession>
[[nodiscard]] LockOutcome take_named_lock(std::string_view name, const LockTerms& terms,
                                          FindSession find_session) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  while (Session* session = find_session()) {
    const std::int64_t waited =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
    const Milliseconds rest{std::max<std::int64_t>(0, terms.wait.value - waited)};
    const auto attempt = session->lock(session->lock_name(name, terms.kind), terms.lease, rest);
    // If it was destroyed meanwhile: the rest of the wait in the new one.
    if (!session->is_condemned()) {
      return {session, attempt};
    }
  }
  return {};
}

}  // namespace nitro::php
