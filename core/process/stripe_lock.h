// A lock that survives its owner.
//
// Keeps writers of one stripe apart. Readers never take it.
//
// The word holds its owner, a row of the process table and that row's generation, or nobody, and
// nothing else is stored: there is no instant at which the stripe is taken but nobody is named, and
// a row that was given to a new process is not mistaken for the old one. A waiter that finds a dead
// owner exchanges exactly that value for its own. One waiter wins, and mends the stripe before it
// writes.
//
// Never held across a call into PHP: user code may come back to the cache, and a bailout would
// leave without unlocking.
#pragma once

#include <cstdint>

#include "core/base/units.h"
#include "core/process/process_table.h"
#include "core/segment/shared_type.h"

namespace nitro {

struct StripeLockWord {
  SharedAtomic<std::uint64_t> owner;    // OwnerId, or 0
  SharedAtomic<std::uint32_t> waiting;  // 1: somebody may be asleep on this word
};
static_assert(SharedType<StripeLockWord>);

enum class LockResult { kLocked, kTookOver, kTimedOut };

// Waits for the lock: spins, yields, then sleeps, and takes over from a dead owner. Gives up after
// `at_most`, measured on the system's clock.
[[nodiscard]] LockResult wait_for_lock(StripeLockWord& word, OwnerId me, const ProcessTable& table,
                                       Milliseconds at_most) noexcept;

[[nodiscard]] inline bool try_lock(StripeLockWord& word, OwnerId me) noexcept {
  std::uint64_t nobody = 0;
  // Acquire, partner: the release in unlock(). Everything the last owner wrote is visible.
  return word.owner.compare_exchange_strong(nobody, me.value, std::memory_order_acquire,
                                            std::memory_order_relaxed);
}

void wake_waiters(StripeLockWord& word) noexcept;

inline void unlock(StripeLockWord& word) noexcept {
  word.owner.store(0, std::memory_order_release);
  // A waiter that went to sleep between the two lines is not woken; its sleep is short.
  if (word.waiting.load(std::memory_order_relaxed) != 0) [[unlikely]] {
    wake_waiters(word);
  }
}

// Between two holds of one long operation: lets a waiter in, since whoever unlocks would nearly
// always win the race for the lock he has just given up.
void let_others_in(const StripeLockWord& word) noexcept;

}  // namespace nitro
